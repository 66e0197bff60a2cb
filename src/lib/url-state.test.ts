import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flag, list, oneOf, type Params, readState, rowNumber, text, writeState } from "./url-state";

interface State {
  q: string;
  sort: "name" | "created_at";
  email: boolean | null;
  tags: readonly string[];
}

const params: Params<State> = {
  q: text(),
  sort: oneOf(["name", "created_at"], "created_at"),
  email: flag(),
  tags: list(),
};

const read = (search: string) => readState(params, new URLSearchParams(search));
const write = (search: string, patch: Partial<State>) =>
  writeState(params, new URLSearchParams(search), patch).toString();

describe("readState", () => {
  test("gives the fallbacks for an empty URL", () => {
    expect(read("")).toEqual({ q: "", sort: "created_at", email: null, tags: [] });
  });

  test("reads what is there", () => {
    expect(read("q=acme&sort=name&email=0&tags=a,b")).toEqual({
      q: "acme",
      sort: "name",
      email: false,
      tags: ["a", "b"],
    });
  });

  test("takes the fallback for values that make no sense", () => {
    expect(read("sort=drop+table&email=maybe&tags=")).toEqual({
      q: "",
      sort: "created_at",
      email: null,
      tags: [],
    });
  });
});

test("the number of a row is a whole number above 0, or missing", () => {
  const numbers = { open: rowNumber() };
  const open = (value: string) => readState(numbers, new URLSearchParams({ open: value })).open;
  expect(open("42")).toBe(42);
  expect(["", "0", "-1", "1.5", "1e9", "9".repeat(16)].map(open)).toEqual(Array(6).fill(null));
  expect(writeState(numbers, new URLSearchParams("open=7"), { open: null }).toString()).toBe("");
});

describe("writeState", () => {
  test("changes only what the patch names and leaves other parameters alone", () => {
    expect(write("q=acme&other=1", { sort: "name" })).toBe("q=acme&other=1&sort=name");
  });

  test("takes a parameter away when its value is the fallback", () => {
    expect(
      write("q=acme&sort=name&email=1&tags=a", { q: "", sort: "created_at", email: null, tags: [] }),
    ).toBe("");
  });
});

test("whatever is written is read back", () => {
  const state: fc.Arbitrary<State> = fc.record({
    q: fc.string({ unit: "grapheme" }),
    sort: fc.constantFrom("name", "created_at"),
    email: fc.option(fc.boolean()),
    tags: fc.array(fc.string({ minLength: 1, unit: "grapheme" })),
  });
  fc.assert(
    fc.property(state, state, (earlier, later) => {
      const first = writeState(params, new URLSearchParams(), earlier);
      const second = writeState(params, first, later);
      expect(readState(params, new URLSearchParams(second.toString()))).toEqual(later);
    }),
  );
});
