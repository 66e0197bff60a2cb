import { authMessages } from "@/lib/auth-messages";
import type { ErrorDescription } from "@/lib/errors";

/**
 * Why a mailed link did not sign the user in, or null when the URL holds no link's leftovers. Supabase Auth reports errors in the
 * search or the hash; a `code` that is still there could not be redeemed in this browser.
 */
export function linkProblem({ search, hash }: { search: string; hash: string }): ErrorDescription | null {
  const params = [new URLSearchParams(search), new URLSearchParams(hash.replace(/^#/, ""))];
  const find = (name: string) => params.map((part) => part.get(name)).find((value) => value !== null);
  const code = find("error_code") ?? find("error");
  if (code) return authMessages[code] ?? authMessages.otp_expired ?? null;
  if (find("code")) return authMessages.pkce_code_verifier_not_found ?? null;
  return null;
}
