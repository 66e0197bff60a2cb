import { useEffect, useState } from "react";
import { useNavigate } from "react-router-dom";
import { useSession } from "@/stores/session";
import { readArrival } from "./arrival";
import { useMailedSession } from "./queries";

/** Reads what the mailed link brought, once, and takes it out of the address. Signs in with it unless somebody else is signed in here: they are asked first. */
export function useArrival() {
  const [arrival] = useState(() => readArrival(window.location.hash));
  const user = useSession((state) => state.user);
  const navigate = useNavigate();
  const signIn = useMailedSession();
  const { session, problem } = arrival;
  const isTaken = signIn.isSuccess || user?.email === session?.email;
  const mayTake = session !== null && user === null && signIn.isIdle;

  useEffect(() => {
    const url = new URL(window.location.href);
    if (url.hash === "") return;
    url.hash = "";
    if (session?.isNew) url.searchParams.set("welcome", "1");
    void navigate(url.pathname + url.search, { replace: true });
  }, [session, navigate]);

  useEffect(() => {
    if (mayTake && session) signIn.mutate(session);
  }, [mayTake, session, signIn.mutate]);

  return {
    /** Why the link did not sign in. */
    problem,
    /** The session of a link that has not been taken; null when there is none. */
    offered: isTaken ? null : session,
    take: () => session && signIn.mutate(session),
    isTaking: signIn.isPending || mayTake,
    error: signIn.error,
  };
}
