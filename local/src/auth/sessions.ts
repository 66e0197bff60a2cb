import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inTransaction } from "../db/pool.ts";
import type { Claims } from "../tokens.ts";
import { AuthError, userBanned, userNotFound, validationFailed } from "./errors.ts";
import type { AuthOptions, Device } from "./options.ts";
import type { SessionResponse, UserRow } from "./user.ts";
import type { Users } from "./users.ts";

interface Rotated {
  userId: string;
  session: string;
  method: string;
  since: Date;
  token: string;
}

const scopes: Record<string, string> = {
  global: "($2::uuid is null or true)",
  local: "id = $2",
  others: "id is distinct from $2",
};

/** Sessions, their rotating refresh tokens and their access tokens. */
export class Sessions {
  readonly #options: AuthOptions;
  readonly #users: Users;

  constructor(options: AuthOptions, users: Users) {
    this.#options = options;
    this.#users = users;
  }

  async startSession(row: UserRow, method: string, device: Device): Promise<SessionResponse> {
    if (isBanned(row)) throw userBanned();
    const refresh = newRefreshToken();
    const { rows } = await this.#options.pool.query<{ session: string; created: Date }>(
      `with signed as (update auth.users set last_sign_in_at = now() where id = $1),
         session as (insert into auth.sessions (user_id, method, ip, user_agent) values ($1, $2, $3, $4) returning id, created_at),
         token as (insert into auth.refresh_tokens (token, session_id, user_id) select $5, id, $1 from session)
       select id as session, created_at as created from session`,
      [row.id, method, device.ip, device.userAgent, refresh],
    );
    const [started] = rows;
    if (!started) throw userNotFound();
    return this.#sessionResponse(
      { ...row, last_sign_in_at: new Date() },
      started.session,
      method,
      started.created,
      refresh,
    );
  }

  /**
   * Rotates a refresh token. A token used again soon (two tabs, a lost answer) gets the successor; later it is taken for stolen and the whole session is revoked.
   */
  async refresh(token: string): Promise<SessionResponse> {
    const { pool, reuseSeconds } = this.#options;
    const rotated = await inTransaction(pool, (client) => rotate(client, token, reuseSeconds));
    if (rotated instanceof AuthError) throw rotated; // after the commit: a revocation stays
    const user = await this.#users.getUser(rotated.userId);
    if (isBanned(user)) throw userBanned();
    return this.#sessionResponse(user, rotated.session, rotated.method, rotated.since, rotated.token);
  }

  /** The user and session a verified access token speaks for, while that session exists. */
  async userOf(claims: Claims): Promise<UserRow> {
    const { rows } = await this.#options.pool.query<UserRow & { live: boolean }>(
      "select u.*, exists (select from auth.sessions s where s.id = $2 and s.user_id = u.id) as live from auth.users u where u.id = $1",
      [claims.sub, claims.session_id ?? null],
    );
    const [row] = rows;
    if (!row) throw new AuthError(403, "user_not_found", "User from sub claim in JWT does not exist");
    if (!row.live)
      throw new AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist");
    return row;
  }

  /** Ends this session, the user's others, or all. Access tokens stay valid until they expire, as hosted. */
  async signOut(claims: Claims, scope: string): Promise<void> {
    const which = scopes[scope];
    if (!which) throw validationFailed("Unsupported logout scope");
    await this.#options.pool.query(`delete from auth.sessions where user_id = $1 and ${which}`, [
      claims.sub,
      claims.session_id ?? null,
    ]);
  }

  async endAll(userId: string): Promise<void> {
    await this.#options.pool.query("delete from auth.sessions where user_id = $1", [userId]);
  }

  async #sessionResponse(
    row: UserRow,
    session: string,
    method: string,
    since: Date,
    refresh: string,
  ): Promise<SessionResponse> {
    const { tokens, tokenLifetimeSeconds } = this.#options;
    const user = await this.#users.view(row);
    const amr = [{ method, timestamp: Math.floor(since.getTime() / 1000) }];
    const claims = {
      sub: row.id,
      aud: row.aud,
      role: row.role,
      email: row.email ?? "",
      phone: row.phone ?? "",
      aal: "aal1",
      amr,
      session_id: session,
      app_metadata: user.app_metadata,
      user_metadata: user.user_metadata,
      is_anonymous: row.is_anonymous,
    };
    return {
      access_token: await tokens.sign(claims, tokenLifetimeSeconds),
      token_type: "bearer",
      expires_in: tokenLifetimeSeconds,
      expires_at: Math.floor(Date.now() / 1000) + tokenLifetimeSeconds,
      refresh_token: refresh,
      user,
      weak_password: null,
    };
  }
}

function isBanned(row: UserRow): boolean {
  return row.banned_until !== null && row.banned_until > new Date();
}

function newRefreshToken(): string {
  return randomBytes(9).toString("base64url");
}

/** The session's next refresh token; or, once it is revoked or when there is none, the error to answer with. */
async function rotate(
  client: pg.PoolClient,
  token: string,
  reuseSeconds: number,
): Promise<Rotated | AuthError> {
  const { rows } = await client.query<{
    session_id: string;
    user_id: string;
    revoked: boolean;
    recent: boolean;
    method: string;
    created_at: Date;
  }>(
    `select t.session_id, t.user_id, t.revoked, t.updated_at > now() - $2 * interval '1 second' as recent, s.method, s.created_at
     from auth.sessions s join auth.refresh_tokens t on t.session_id = s.id where t.token = $1 for update of s, t`,
    [token, reuseSeconds],
  );
  const [found] = rows;
  if (!found)
    return new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  const active = await client.query<{ token: string; parent: string | null }>(
    "select token, parent from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1",
    [found.session_id],
  );
  const [current] = active.rows;
  let next = current?.token;
  if (found.revoked && (!current || (current.parent !== token && !found.recent))) {
    await client.query(
      "update auth.refresh_tokens set revoked = true, updated_at = now() where session_id = $1",
      [found.session_id],
    );
    return new AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
  }
  if (!found.revoked || !next) {
    next = newRefreshToken();
    await client.query(
      `with old as (update auth.refresh_tokens set revoked = true, updated_at = now() where token = $1),
         touched as (update auth.sessions set refreshed_at = now(), updated_at = now() where id = $3)
       insert into auth.refresh_tokens (token, parent, session_id, user_id) values ($2, $1, $3, $4)`,
      [token, next, found.session_id, found.user_id],
    );
  }
  return {
    userId: found.user_id,
    session: found.session_id,
    method: found.method,
    since: found.created_at,
    token: next,
  };
}
