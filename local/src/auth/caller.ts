import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { type ApiKeys, identify, Unauthorized } from "../identity.ts";
import type { Claims } from "../tokens.ts";
import { AuthError, badJwt } from "./errors.ts";
import type { Destination } from "./links.ts";
import type { Device } from "./options.ts";
import { type Body, challengeIn } from "./requests.ts";
import type { AuthService } from "./service.ts";

/** The caller's claims; the API key alone is enough unless a user is needed. Throws AuthError. */
export async function claimsOf(
  c: Context,
  service: AuthService,
  keys: ApiKeys,
  { userNeeded } = { userNeeded: true },
): Promise<Claims> {
  try {
    const { claims } = await identify(c.req.raw.headers, keys, service.options.tokens);
    if (userNeeded && typeof claims.sub !== "string") throw badJwt("missing sub claim");
    return claims;
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    if (error.message.includes("API key")) throw new AuthError(401, "no_authorization", error.message);
    throw badJwt(error.message);
  }
}

/** Where the mail's link should lead: ?redirect_to=, and the challenge when the client uses the code flow. */
export function destinationOf(c: Context, body: Body): Destination {
  return { redirectTo: c.req.query("redirect_to") ?? "", challenge: challengeIn(body) };
}

export function deviceOf(c: Context): Device {
  return { ip: getConnInfo(c).remote.address ?? null, userAgent: c.req.header("user-agent") ?? null };
}
