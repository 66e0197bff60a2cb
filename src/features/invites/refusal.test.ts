import type { InviteView } from "@contracts";
import { expect, test } from "vitest";
import { refusal } from "./refusal";

const invite: InviteView = {
  id: "00000000-0000-4000-8000-000000000001",
  workspace_id: "00000000-0000-4000-8000-000000000002",
  workspace_name: "North",
  role: "viewer",
  email: "guest@users.example",
  invited_by: "ann@users.example",
  status: "pending",
  expires_at: "2026-12-01T00:00:00Z",
  is_mine: true,
  is_member: false,
};

test("an invite for the account, with the link, can be accepted", () => {
  expect(refusal(invite, true)).toBeNull();
});

test.each([
  [{ is_mine: false }, true, "guest@users.example"],
  [{ is_mine: false, status: "revoked" as const }, true, "guest@users.example"],
  [{ status: "expired" as const }, true, "7 days"],
  [{ status: "accepted" as const }, true, "new one"],
  [{ status: "declined" as const }, true, "mistake"],
  [{ status: "revoked" as const }, false, "Ask who sent it"],
  [{}, false, "whole link"],
])("%j, link: %s, says what to do", (changes, hasToken, text) => {
  expect(refusal({ ...invite, ...changes }, hasToken)?.message).toContain(text);
});
