import { ROLES } from "@contracts";
import { describe, expect, test } from "vitest";
import { type Action, can, mayManage, rolesToGive, rolesToStepDown, whoCan } from "./roles";

/** What the documentation says each role gains over the one before it. */
const gained: Record<(typeof ROLES)[number], Action[]> = {
  viewer: [],
  member: ["createCampaign", "editCampaign", "import", "research", "editRows"],
  admin: ["invite", "changeSettings"],
  owner: ["deleteCampaign", "deleteWorkspace", "transferOwnership"],
};
const actions = Object.values(gained).flat();

describe("an action", () => {
  test.each(ROLES)("is allowed to a %s exactly if the role or one below it brings it", (role) => {
    const allowed = ROLES.slice(0, ROLES.indexOf(role) + 1).flatMap((one) => gained[one]);
    expect(actions.filter((action) => can(role, action)).sort()).toEqual(allowed.sort());
  });

  test("is allowed to nobody while the role is unknown", () => {
    expect(actions.filter((action) => can(undefined, action))).toEqual([]);
  });

  test("that one may not do says who may", () => {
    expect(whoCan("deleteWorkspace")).toBe("Owners can do this.");
    expect(whoCan("invite")).toBe("Owners and admins can do this.");
  });
});

describe("managing people", () => {
  test("owners manage all, admins those below them, others nobody", () => {
    const managed = ROLES.map((mine) => ROLES.filter((theirs) => mayManage(mine, theirs)));
    expect(managed).toEqual([[], [], ["viewer", "member"], [...ROLES]]);
  });

  test("nobody is offered a role above what they may give", () => {
    expect(rolesToGive("admin", "member")).toEqual(["viewer", "member"]);
    expect(rolesToGive("admin", "admin")).toEqual([]);
    expect(rolesToGive("owner", "viewer")).toEqual([...ROLES]);
    expect(rolesToGive(undefined, "viewer")).toEqual([]);
    expect(rolesToStepDown("admin")).toEqual(["viewer", "member", "admin"]);
  });
});
