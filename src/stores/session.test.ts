import type { Session } from "@supabase/auth-js";
import { beforeEach, describe, expect, test } from "vitest";
import { expectSignOut, trackSession, useSession } from "./session";

const session = (id: string): Session => ({
  access_token: "a",
  refresh_token: "r",
  expires_in: 3600,
  token_type: "bearer",
  user: { id, app_metadata: {}, user_metadata: {}, aud: "authenticated", created_at: "2026-01-01T00:00:00Z" },
});

beforeEach(() => useSession.setState({ user: undefined, ended: null }));

describe("trackSession", () => {
  test("knows nothing until Auth has spoken, then who is signed in", () => {
    expect(useSession.getState().user).toBeUndefined();
    trackSession("INITIAL_SESSION", null);
    expect(useSession.getState().user).toBeNull();
    trackSession("SIGNED_IN", session("ada"));
    expect(useSession.getState().user?.id).toBe("ada");
  });

  test("tells a session that ended by itself from signing out", () => {
    trackSession("SIGNED_IN", session("ada"));
    trackSession("SIGNED_OUT", null);
    expect(useSession.getState()).toEqual({ user: null, ended: "by itself" });

    trackSession("SIGNED_IN", session("ada"));
    expect(useSession.getState().ended).toBeNull();
    expectSignOut(true);
    trackSession("SIGNED_OUT", null);
    expect(useSession.getState()).toEqual({ user: null, ended: "asked" });
  });

  test("an asked-for sign-out does not excuse the next session's end", () => {
    trackSession("SIGNED_IN", session("ada"));
    expectSignOut(true);
    trackSession("SIGNED_OUT", null);
    trackSession("SIGNED_IN", session("ada"));
    trackSession("SIGNED_OUT", null);
    expect(useSession.getState().ended).toBe("by itself");
  });

  test("a sign-out that failed does not excuse the session's later end", () => {
    trackSession("SIGNED_IN", session("ada"));
    expectSignOut(true);
    expectSignOut(false);
    trackSession("SIGNED_OUT", null);
    expect(useSession.getState().ended).toBe("by itself");
  });

  test("keeps the user object when only the token was renewed", () => {
    trackSession("SIGNED_IN", session("ada"));
    const { user } = useSession.getState();
    trackSession("TOKEN_REFRESHED", session("ada"));
    expect(useSession.getState().user).toBe(user);
    trackSession("TOKEN_REFRESHED", session("grace"));
    expect(useSession.getState().user?.id).toBe("grace");
  });
});
