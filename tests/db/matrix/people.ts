import type { Identity } from "./attempt.ts";

/** From least to most, as the type public.member_role orders them. */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who tries: nobody signed in; the owner of another workspace; somebody who was an admin and was removed; somebody who is asked to join
 * and has not answered; somebody who is asked too, with an account whose address was never confirmed; somebody whose account is gone while
 * the token still works; and one person of each role. All who have an account also own a workspace of their own: what they are elsewhere
 * must not count here.
 */
export const CALLERS = ["anon", "outsider", "removed", "invited", "unconfirmed", "gone", ...ROLES] as const;
export type Caller = (typeof CALLERS)[number];

/** Those who have nothing to do with the workspace. */
export const STRANGERS: readonly Caller[] = ["outsider", "removed", "invited", "unconfirmed", "gone"];

export function hasRole(caller: Caller, least: Role | null): boolean {
  const roles: readonly string[] = ROLES;
  return least !== null && roles.indexOf(caller) >= roles.indexOf(least);
}

export const anon: Identity = { role: "anon", claims: { role: "anon" } };
export const service: Identity = { role: "service_role", claims: { role: "service_role" } };
export const postgres: Identity = { role: "postgres", claims: {} };

export function signedIn(id: string, email: string): Identity {
  return { role: "authenticated", claims: { sub: id, email, role: "authenticated" } };
}
