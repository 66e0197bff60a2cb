import type { ErrorDescription } from "@/lib/errors";

/** A session that a mailed link carries in the fragment of its address. */
export interface MailedSession {
  accessToken: string;
  refreshToken: string;
  /** Whose, as the token says; for people to see, not to be trusted. */
  email: string;
  /** The account was made by the invite and has no password yet. */
  isNew: boolean;
}

/**
 * What a mailed link left in the address. Supabase Auth's invites cannot use the code flow, because who invites and who accepts use different
 * browsers, so the session itself comes in the fragment, or why there is none.
 */
export function readArrival(hash: string): {
  session: MailedSession | null;
  problem: ErrorDescription | null;
} {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const accessToken = params.get("access_token");
  const refreshToken = params.get("refresh_token");
  const email = accessToken && emailIn(accessToken);
  if (accessToken && refreshToken && email) {
    const session = { accessToken, refreshToken, email, isNew: params.get("type") === "invite" };
    return { session, problem: null };
  }
  if (!params.has("error") && !params.has("error_code")) return { session: null, problem: null };
  return {
    session: null,
    problem: {
      title: "The link in the mail has expired or was used already",
      message: "The invite itself is still there: sign in, or have a new link mailed to you, to go on.",
    },
  };
}

/** The address in a token's claims; null when it is no token. */
function emailIn(token: string): string | null {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const email = typeof claims === "object" && claims !== null && "email" in claims ? claims.email : null;
    return typeof email === "string" && email !== "" ? email : null;
  } catch {
    return null;
  }
}
