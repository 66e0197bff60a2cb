import { expect, test } from "vitest";
import { allowed, complaints, type Finding } from "./advisor.ts";

const unused: Finding = {
  name: "unused_index",
  level: "INFO",
  detail: "Index `a` on table `public.t` has not been used",
  cacheKey: "unused_index_public_t_a",
};
const open: Finding = {
  name: "rls_disabled_in_public",
  level: "ERROR",
  detail: "Table `public.t` is public, but RLS has not been enabled",
  cacheKey: "rls_disabled_in_public_public_t",
};
const entry = { name: "unused_index", keyBegins: "unused_index_public_t", because: "it is new" };

test("what the advisor finds is named unless it is allowed", () => {
  expect(complaints([unused, open], [entry])).toEqual([
    "The advisor says (ERROR, rls_disabled_in_public): Table `public.t` is public, but RLS has not been enabled.",
  ]);
});

test("an entry allows findings of its own kind and place alone", () => {
  expect(complaints([unused], [{ ...entry, name: "no_primary_key" }])).toHaveLength(2);
  expect(complaints([unused], [{ ...entry, keyBegins: "unused_index_public_u" }])).toHaveLength(2);
});

test("an entry that allows nothing any more is named", () => {
  expect(complaints([], [entry])).toEqual([
    "Nothing is found any more that unused_index_public_t… allows: take it out of scripts/advisor.ts.",
  ]);
});

test("each entry says why", () => {
  for (const { because } of allowed) expect(because).not.toBe("");
});
