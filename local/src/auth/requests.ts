import { AuthError, validationFailed } from "./errors.ts";
import type { Challenge } from "./flow-states.ts";

export type Body = Record<string, unknown>;

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export function readBody(text: string): Body {
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // answered below, like any other body that is not an object
  }
  throw validationFailed("Could not parse request body as JSON");
}

export function emailIn(body: Body): string {
  const email = textIn(body, "email")?.trim().toLowerCase() ?? "";
  if (!address.test(email) || email.length > 255)
    throw validationFailed("Unable to validate email address: invalid format");
  return email;
}

export function passwordIn(body: Body): string {
  const password = textIn(body, "password");
  if (!password) throw validationFailed("Signup requires a valid password");
  return password;
}

export function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && !value.includes("\0")) return value;
  throw validationFailed(`${name} must be a string without NUL`);
}

export function objectIn(body: Body, name: string): Record<string, unknown> | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object" && !Array.isArray(value)) return { ...value };
  throw validationFailed(`${name} must be an object`);
}

/** The challenge of a client that uses the code flow; null of one that does not. */
export function challengeIn(body: Body): Challenge | null {
  const value = textIn(body, "code_challenge");
  if (!value) return null;
  const method = (textIn(body, "code_challenge_method") ?? "plain").toLowerCase();
  if (method !== "s256" && method !== "plain") {
    throw validationFailed("code_challenge_method must be s256 or plain");
  }
  if (!/^[\w.~-]{43,128}$/u.test(value)) {
    throw validationFailed("code challenge has to be between 43 and 128 unreserved characters");
  }
  return { value, method };
}

/** Only e-mail users are supported. */
export function refusePhone(body: Body): void {
  if (body.phone === undefined) return;
  throw new AuthError(422, "phone_provider_disabled", "Unsupported phone provider");
}
