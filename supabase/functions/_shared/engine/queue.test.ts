import { expect, test } from "vitest";
import { toJson } from "./queue.ts";

test("JSON for Postgres has no character that it refuses, neither in texts nor in names", () => {
  const value = { "na\u0000me": ["a\u0000b", { "\ud800": 1, kept: "\ud83d\ude00" }], n: null };
  expect(JSON.parse(toJson(value))).toEqual({
    name: ["ab", { "\ufffd": 1, kept: "\ud83d\ude00" }],
    n: null,
  });
});
