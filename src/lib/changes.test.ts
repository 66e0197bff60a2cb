import { describe, expect, test } from "vitest";
import { type Change, mergeChanges, parseChanges } from "./changes";

const update = (ids: string[] | null): Change => ({ table: "companies", operation: "update", ids });

describe("mergeChanges", () => {
  test("joins a burst of one table and operation, each id once", () => {
    expect(mergeChanges([update(["a", "b"]), update(["b", "c"])])).toEqual([update(["a", "b", "c"])]);
  });

  test("is many as soon as one of them is many", () => {
    expect(mergeChanges([update(["a"]), update(null), update(["b"])])).toEqual([update(null)]);
  });

  test("keeps operations and tables apart, in order of first appearance", () => {
    const insert: Change = { table: "companies", operation: "insert", ids: ["a"] };
    const other: Change = { table: "contacts", operation: "update", ids: ["a"] };
    expect(mergeChanges([insert, update(["a"]), other, update(["b"])])).toEqual([
      insert,
      update(["a", "b"]),
      other,
    ]);
  });

  test("joins the parents too", () => {
    const contact = (id: string, parent: string): Change => ({
      table: "contacts",
      operation: "insert",
      ids: [id],
      parent_ids: [parent],
    });
    expect(mergeChanges([contact("a", "x"), contact("b", "y"), contact("c", "x")])[0]?.parent_ids).toEqual([
      "x",
      "y",
    ]);
  });
});

describe("parseChanges", () => {
  test("reads a broadcast", () => {
    expect(parseChanges({ changes: [update(["a"]), update(null)] })).toEqual([update(["a"]), update(null)]);
  });

  test.each([
    null,
    "changes",
    {},
    { changes: "x" },
    {
      changes: [
        null,
        { table: 1 },
        { table: "t", operation: "truncate", ids: [] },
        { table: "t", operation: "insert", ids: [1] },
      ],
    },
  ])("finds no changes in %j", (payload) => {
    expect(parseChanges(payload)).toEqual([]);
  });
});
