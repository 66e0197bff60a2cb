import { createHash, randomBytes, randomInt } from "node:crypto";
import type pg from "pg";
import { otpExpired } from "./errors.ts";
import type { MailKind } from "./mails.ts";

export type TokenType =
  | "confirmation_token"
  | "recovery_token"
  | "email_change_token_new"
  | "email_change_token_current";

/** A link of the code flow: its redirect carries a code, not the session. */
export const codeFlowPrefix = "pkce_";

/** What the holder of a mail has: its link's token, or its digits and the address it went to. */
export type Proof = { linkToken: string } | { email: string; digits: string };

export interface NewToken {
  userId: string;
  type: TokenType;
  /** The address it is mailed to. */
  to: string;
  flowStateId: string | null;
}

export interface UsedToken {
  userId: string;
  type: TokenType;
  flowStateId: string | null;
}

/** The token types that a mail of this kind may hold. */
export function tokenTypesOf(kind: MailKind): TokenType[] {
  switch (kind) {
    case "confirmation":
    case "invite":
      return ["confirmation_token"];
    case "recovery":
    case "magiclink":
      return ["recovery_token"];
    case "email_change":
      return ["email_change_token_new", "email_change_token_current"];
  }
}

/** Makes a token, replacing the user's last one of its type. Only hashes are kept. */
export async function createToken(
  pool: pg.Pool,
  { userId, type, to, flowStateId }: NewToken,
): Promise<{ linkToken: string; digits: string }> {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  const linkToken = (flowStateId ? codeFlowPrefix : "") + randomBytes(32).toString("hex");
  await pool.query(
    `insert into auth.one_time_tokens (user_id, token_type, token_hash, link_hash, relates_to, flow_state_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (user_id, token_type) do update set token_hash = excluded.token_hash, link_hash = excluded.link_hash,
       relates_to = excluded.relates_to, flow_state_id = excluded.flow_state_id, created_at = now()`,
    [userId, type, hashOf(to, digits), hashOf(linkToken), to, flowStateId],
  );
  return { linkToken, digits };
}

/**
 * Uses up a token: the row of its user is locked until the transaction ends, so that of two links followed at
 * once the second sees what the first did. Throws AuthError "otp_expired".
 */
export async function useToken(
  client: pg.PoolClient,
  types: readonly TokenType[],
  proof: Proof,
  lifetimeSeconds: number,
): Promise<UsedToken> {
  const column = "linkToken" in proof ? "link_hash" : "token_hash";
  const hash = "linkToken" in proof ? hashOf(proof.linkToken) : hashOf(proof.email, proof.digits);
  await client.query(
    `select from auth.users where id in (
       select user_id from auth.one_time_tokens where ${column} = $1 and token_type = any ($2)) for update`,
    [hash, types],
  );
  const { rows } = await client.query<UsedToken>(
    `delete from auth.one_time_tokens where ${column} = $1 and token_type = any ($2)
       and created_at > now() - $3 * interval '1 second'
     returning user_id as "userId", token_type as "type", flow_state_id as "flowStateId"`,
    [hash, types, lifetimeSeconds],
  );
  const [used] = rows;
  if (!used) throw otpExpired();
  return used;
}

function hashOf(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
