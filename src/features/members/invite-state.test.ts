import type { Invite, Member } from "@contracts";
import { expect, test } from "vitest";
import { inviteState } from "./invite-state";

const now = Date.parse("2026-11-22T12:00:00Z");
const ann: Member = { user_id: "a", email: "ann@users.example", role: "admin", created_at: "" };
const invite: Invite = {
  id: "i",
  workspace_id: "w",
  email: "guest@users.example",
  role: "member",
  status: "pending",
  invited_by: ann.user_id,
  created_at: "2026-11-21T12:00:00Z",
  expires_at: "2026-11-28T12:00:00Z",
  mailed_at: "2026-11-21T12:00:00Z",
};

test.each<[string, Partial<Invite>, Member[] | undefined]>([
  ["mailed", {}, [ann]],
  ["mailed", {}, undefined],
  ["unmailed", { mailed_at: null }, [ann]],
  ["expired", { expires_at: "2026-11-22T12:00:00Z", mailed_at: null }, []],
  ["void", {}, []],
  ["void", {}, [{ ...ann, role: "member" }]],
  ["void", { role: "admin" }, [ann]],
])("an invite is %s: %j", (state, changes, members) => {
  expect(inviteState({ ...invite, ...changes }, members, now)).toBe(state);
});
