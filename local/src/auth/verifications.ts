import type pg from "pg";
import { inTransaction } from "../db/pool.ts";
import { emailExists, otpExpired, tooMany } from "./errors.ts";
import type { FlowStates } from "./flow-states.ts";
import type { MailKind } from "./mails.ts";
import { type Proof, tokenTypesOf, type UsedToken, useToken } from "./one-time-tokens.ts";
import type { AuthOptions, Device } from "./options.ts";
import { fiveMinutes, RateLimit } from "./rate-limit.ts";
import type { Sessions } from "./sessions.ts";
import type { SessionResponse, UserRow } from "./user.ts";
import { isDuplicate } from "./users.ts";

/** The first of the two addresses of an e-mail change has confirmed. */
export const halfConfirmed =
  "Confirmation link accepted. Please proceed to confirm link sent to the other email";

/** A user whose proof held, or null after the first half of an e-mail change. */
interface Verified {
  user: UserRow | null;
  used: UsedToken;
}

/** Uses up mailed tokens: confirms the address and signs in, or hands out a code to sign in with. */
export class Verifications {
  readonly #options: AuthOptions;
  readonly #sessions: Sessions;
  readonly #flows: FlowStates;
  readonly #guesses: RateLimit;

  constructor(options: AuthOptions, sessions: Sessions, flows: FlowStates) {
    this.#options = options;
    this.#sessions = sessions;
    this.#flows = flows;
    const { loginsPerEmail } = options.limits;
    this.#guesses = new RateLimit(loginsPerEmail, fiveMinutes / loginsPerEmail);
  }

  /** A session at once; null after the first half of an e-mail change. Throws AuthError. */
  async signIn(kinds: readonly MailKind[], proof: Proof, device: Device): Promise<SessionResponse | null> {
    if ("email" in proof && !this.#guesses.take(proof.email)) throw tooMany("over_request_rate_limit");
    const { user } = await this.#verify(kinds, proof);
    return user && this.#sessions.startSession(user, "otp", device);
  }

  /** For a link that was followed: a session, a code to exchange for one, or null as above. Throws AuthError. */
  async followLink(
    kinds: readonly MailKind[],
    linkToken: string,
    device: Device,
  ): Promise<SessionResponse | { code: string } | null> {
    const { user, used } = await this.#verify(kinds, { linkToken });
    if (!user) return null;
    if (used.flowStateId) return { code: await this.#flows.issueCode(used.flowStateId) };
    return this.#sessions.startSession(user, "otp", device);
  }

  #verify(kinds: readonly MailKind[], proof: Proof): Promise<Verified> {
    const { pool, otpLifetimeSeconds } = this.#options;
    return inTransaction(pool, async (client) => {
      const used = await useToken(client, kinds.flatMap(tokenTypesOf), proof, otpLifetimeSeconds);
      const changing = used.type === "email_change_token_new" || used.type === "email_change_token_current";
      const user = changing ? await confirmChange(client, used) : await confirmAddress(client, used);
      return { user, used };
    });
  }
}

async function confirmAddress(client: pg.PoolClient, { userId }: UsedToken): Promise<UserRow> {
  const { rows } = await client.query<UserRow>(
    `update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()
     where id = $1 returning *`,
    [userId],
  );
  const [user] = rows;
  if (!user) throw otpExpired();
  return user;
}

/** Makes the change once both addresses have confirmed it; null until then. */
async function confirmChange(client: pg.PoolClient, { userId }: UsedToken): Promise<UserRow | null> {
  const open = await client.query(
    "select from auth.one_time_tokens where user_id = $1 and token_type like 'email_change_token_%'",
    [userId],
  );
  if (open.rowCount) {
    await client.query("update auth.users set email_change_confirm_status = 1 where id = $1", [userId]);
    return null;
  }
  try {
    const { rows } = await client.query<UserRow>(
      `with changed as (
         update auth.users set email = email_change, email_change = '', email_change_confirm_status = 0,
           email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()
         where id = $1 and email_change <> '' returning *),
       named as (
         update auth.identities i set updated_at = now(), identity_data = identity_data || jsonb_build_object('email', c.email)
         from changed c where i.user_id = c.id and i.provider = 'email')
       select * from changed`,
      [userId],
    );
    const [user] = rows;
    if (!user) throw otpExpired();
    return user;
  } catch (error) {
    throw isDuplicate(error) ? emailExists() : error; // somebody else took the address meanwhile
  }
}
