import type { AuthChangeEvent, Session, User } from "@supabase/auth-js";
import { create } from "zustand";

interface SessionState {
  /** The signed-in user; null when nobody is; undefined until that is known. */
  user: User | null | undefined;
  /** How the last session of this tab ended: the user signed out, or it expired or was ended elsewhere; null before. */
  ended: "asked" | "by itself" | null;
}

/** Who is signed in, as Supabase Auth tells it. */
export const useSession = create<SessionState>()(() => ({ user: undefined, ended: null }));

let leaving = false;

/** Says whether a sign-out that comes now was asked for. */
export function expectSignOut(expected: boolean): void {
  leaving = expected;
}

/** Takes over what Supabase Auth reports; the listener of `onAuthStateChange`. */
export function trackSession(event: AuthChangeEvent, session: Session | null): void {
  const before = useSession.getState();
  if (!session) {
    const justEnded = event === "SIGNED_OUT" && before.user;
    useSession.setState({ user: null, ended: justEnded ? (leaving ? "asked" : "by itself") : before.ended });
    return;
  }
  leaving = false;
  // A refreshed token is no news: keep the object, so that nothing that shows the user renders again.
  const isRefresh = event === "TOKEN_REFRESHED" && before.user?.id === session.user.id;
  useSession.setState({ user: isRefresh ? before.user : session.user, ended: null });
}

/** The signed-in user's id, as part of query keys and for what belongs to the user; undefined when signed out. */
export function useUserId(): string | undefined {
  return useSession((state) => state.user?.id);
}
