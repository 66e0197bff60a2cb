import { expect, test } from "vitest";
import { viewPermissions } from "./permissions";

const own = { created_by: "me", is_shared: false };
const shared = { created_by: "me", is_shared: true };
const others = { created_by: "you", is_shared: true };
const all = { edit: true, share: true, remove: true };
const none = { edit: false, share: false, remove: false };

test.each([
  ["a member does everything with their own view", own, "member", all],
  ["and with one they share", shared, "member", all],
  ["and nothing with another's", others, "member", none],
  ["an admin tidies another's view away", others, "admin", { ...none, remove: true }],
  ["a viewer keeps a view for themselves", own, "viewer", { edit: true, share: false, remove: true }],
  [
    "a viewer stops sharing a view of theirs or deletes it, but does not change what others see",
    shared,
    "viewer",
    { edit: false, share: true, remove: true },
  ],
] as const)("%s", (_who, view, role, may) => {
  expect(viewPermissions(view, "me", role)).toEqual(may);
});
