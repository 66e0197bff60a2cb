import { companyFilter, contactFilter } from "@contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readState, writeState } from "@/lib/url-state";
import { NO_ROW_FILTERS, NOBODY, type RowFilters, rowFilterOf, rowFilterParams, sortOf } from "./row-filters";

const words = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 4 });
const someDay = fc.oneof(
  fc.constant(""),
  fc
    .date({ min: new Date("1970-01-02"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);
const cell = fc.string({ minLength: 1, maxLength: 8 });
const filters: fc.Arbitrary<RowFilters> = fc.record({
  q: fc.string({ maxLength: 10 }),
  email: fc.constantFrom(true, false, null),
  country: words,
  tag: words,
  owner: fc.constantFrom("", NOBODY, "3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a22"),
  addedFrom: someDay,
  addedTo: someDay,
  updatedFrom: someDay,
  updatedTo: someDay,
  custom: fc.uniqueArray(fc.tuple(cell, cell), { maxLength: 5, selector: ([column]) => column }),
  import: fc.constantFrom("", "7a1f0a52-9a4e-4b52-8a51-1c9d2a1c0a11"),
});

test("every filter survives in the page's address", () => {
  fc.assert(
    fc.property(filters, (wanted) => {
      const search = writeState(rowFilterParams, new URLSearchParams(), wanted);
      expect(readState(rowFilterParams, new URLSearchParams(search.toString()))).toEqual(wanted);
    }),
  );
});

test("every state makes a filter that both lists of the server take", () => {
  fc.assert(
    fc.property(filters, (wanted) => {
      const filter = rowFilterOf(wanted);
      expect(companyFilter.parse(filter)).toEqual(filter);
      expect(contactFilter.parse(filter)).toEqual(filter);
    }),
  );
});

test("an address somebody wrote by hand narrows by what makes sense in it", () => {
  const state = readState(
    rowFilterParams,
    new URLSearchParams(
      "owner=me&import=7&addedFrom=2026-02-30&addedTo=yesterday&custom=Only%20a%20column&email=1",
    ),
  );
  expect(rowFilterOf(state)).toEqual({ has_email: true });
});

test("a range of one day is that whole day where the user is", () => {
  const filter = rowFilterOf({ q: "", ...NO_ROW_FILTERS, addedFrom: "2026-03-10", addedTo: "2026-03-10" });
  expect(filter).toEqual({
    created_after: new Date(2026, 2, 10).toISOString(),
    created_before: new Date(2026, 2, 11).toISOString(),
  });
});

test("a search puts the best matches first until another sort is chosen", () => {
  const sorts = ["name", "created_at"];
  const byAdding = { by: "created_at", direction: "asc" };
  expect(sortOf({ q: "", sort: null, direction: "asc" }, sorts)).toEqual(byAdding);
  expect(sortOf({ q: "acme", sort: null, direction: "asc" }, sorts)).toEqual({
    by: "relevance",
    direction: "desc",
  });
  expect(sortOf({ q: "acme", sort: "name", direction: "desc" }, sorts)).toEqual({
    by: "name",
    direction: "desc",
  });
  expect(sortOf({ q: "", sort: "domain", direction: "asc" }, sorts)).toEqual(byAdding);
});
