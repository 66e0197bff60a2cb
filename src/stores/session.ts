import type { AuthChangeEvent, Session, User } from "@supabase/supabase-js";
import { create } from "zustand";

interface SessionState {
  /** The signed-in user; null when nobody is; undefined until that is known. */
  user: User | null | undefined;
  /** The last session ended without the user asking for it: it expired, or was ended elsewhere. */
  endedByItself: boolean;
}

/** Who is signed in, as Supabase Auth tells it. */
export const useSession = create<SessionState>()(() => ({ user: undefined, endedByItself: false }));

let leaving = false;

/** Says that the sign-out about to come was asked for. */
export function expectSignOut(): void {
  leaving = true;
}

/** Takes over what Supabase Auth reports; the listener of `onAuthStateChange`. */
export function trackSession(event: AuthChangeEvent, session: Session | null): void {
  const before = useSession.getState();
  const user = session?.user ?? null;
  if (user) leaving = false;
  const endedByItself =
    event === "SIGNED_OUT" ? before.user != null && !leaving : !user && before.endedByItself;
  // A refreshed token is no news: keep the object, so that nothing that shows the user renders again.
  const kept =
    before.user && user && before.user.id === user.id && event === "TOKEN_REFRESHED" ? before.user : user;
  useSession.setState({ user: kept, endedByItself });
}

/** The signed-in user's id, as part of query keys and for what belongs to the user; undefined when signed out. */
export function useUserId(): string | undefined {
  return useSession((state) => state.user?.id);
}
