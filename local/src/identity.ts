import { timingSafeEqual } from "node:crypto";
import type { Claims, Tokens } from "./tokens.ts";

const roles = ["anon", "authenticated", "service_role"] as const;
export type Role = (typeof roles)[number];

/** Who a request speaks for. */
export interface Identity {
  role: Role;
  claims: Claims;
}

/** The two API keys of a stack: "sb_publishable_…" and "sb_secret_…". */
export interface ApiKeys {
  publishable: string;
  secret: string;
}

/** No identity could be made of the request's headers: answer 401. */
export class Unauthorized extends Error {}

/** Reads the `apikey` and `authorization` headers. Throws Unauthorized. */
export function identify(headers: Headers, keys: ApiKeys, tokens: Tokens): Promise<Identity> {
  const bearer = /^bearer (.+)$/iu.exec(headers.get("authorization") ?? "")?.[1] ?? null;
  return identifyWith(headers.get("apikey"), bearer, keys, tokens);
}

/**
 * The API key opens the gateway and is worth anon or service_role; a bearer token other than the key itself is a
 * user's JWT and then decides. Throws Unauthorized.
 */
export async function identifyWith(
  apikey: string | null,
  bearer: string | null,
  keys: ApiKeys,
  tokens: Tokens,
): Promise<Identity> {
  if (!apikey) throw new Unauthorized("No API key found in request");
  const role = roleOfKey(apikey, keys);
  if (!bearer || bearer === apikey) return { role, claims: { role } };
  return fromClaims(await verified(bearer, tokens));
}

function roleOfKey(apikey: string, keys: ApiKeys): Role {
  if (same(apikey, keys.publishable)) return "anon";
  if (same(apikey, keys.secret)) return "service_role";
  throw new Unauthorized("Invalid API key");
}

function fromClaims(claims: Claims): Identity {
  const role = roles.find((one) => one === (claims.role ?? "anon"));
  if (!role) throw new Unauthorized(`role "${String(claims.role)}" is not allowed`);
  return { role, claims };
}

async function verified(token: string, tokens: Tokens): Promise<Claims> {
  try {
    return await tokens.verify(token);
  } catch (error) {
    throw new Unauthorized(error instanceof Error ? error.message : "JWT invalid");
  }
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
