import { timingSafeEqual } from "node:crypto";
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { ApiError } from "./errors.ts";

/** The claims of a signed-in user; `sub` is the user's id. */
export interface UserClaims extends JWTPayload {
  sub: string;
  role: "authenticated";
}

/** The project's public signing keys, fetched once and again when an unknown key appears. */
export function projectKeys(supabaseUrl: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL("/auth/v1/.well-known/jwks.json", supabaseUrl));
}

/** Who the bearer token speaks for. Only asymmetric signatures of the project count. Throws 401s. */
export async function requireUser(request: Request, keys: JWTVerifyGetKey): Promise<UserClaims> {
  const token = bearer(request);
  if (!token) throw new ApiError(401, "unauthorized", "Sign in and try again.");
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["ES256", "RS256"],
      audience: "authenticated",
    });
    if (typeof payload.sub === "string" && payload.role === "authenticated") {
      return { ...payload, sub: payload.sub, role: "authenticated" };
    }
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new ApiError(401, "session_expired", "Your session has ended. Sign in again.");
    }
    if (!isTokensFault(error)) throw error;
  }
  throw new ApiError(401, "unauthorized", "This session is not valid. Sign in again.");
}

/** Whether the token was at fault, and not that the project's keys could not be fetched or read. */
function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"].includes(error.code)
  );
}

/** Lets only whoever knows the shared secret in. An unset secret lets nobody in. */
export function requireToken(request: Request, secret: string | undefined): void {
  const given = new TextEncoder().encode(bearer(request) ?? "");
  const wanted = new TextEncoder().encode(secret ?? "");
  if (wanted.length === 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new ApiError(401, "unauthorized", "This request is not from this installation.");
  }
}

function bearer(request: Request): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}
