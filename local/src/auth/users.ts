import { randomUUID } from "node:crypto";
import type pg from "pg";
import { AuthError, emailExists, userNotFound, validationFailed } from "./errors.ts";
import type { UserChanges } from "./options.ts";
import { toUser, type User, type UserRow } from "./user.ts";

/** The rows of auth.users and their e-mail identities. bcrypt runs inside Postgres (pgcrypto). */
export class Users {
  readonly #pool: pg.Pool;
  readonly #minPasswordLength: number;

  constructor(pool: pg.Pool, minPasswordLength: number) {
    this.#pool = pool;
    this.#minPasswordLength = minPasswordLength;
  }

  async createUser(fields: UserChanges & { id?: string | undefined }): Promise<UserRow> {
    if (fields.password !== undefined) this.#checkPassword(fields.password);
    const id = fields.id ?? randomUUID();
    const metadata = { provider: "email", providers: ["email"], ...fields.appMetadata };
    try {
      const { rows } = await this.#pool.query<UserRow>(
        `with created as (
           insert into auth.users (id, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, role)
           values ($1, $2, extensions.crypt($3, extensions.gen_salt('bf', 10)), case when $4 then now() end, $5, $6, coalesce($7, 'authenticated'))
           returning *),
         named as (
           insert into auth.identities (provider_id, user_id, provider, identity_data)
           select id, id, 'email', jsonb_build_object('sub', id, 'email', email, 'email_verified', $4::boolean, 'phone_verified', false) from created)
         select * from created`,
        [
          id,
          fields.email,
          fields.password ?? null,
          fields.confirm ?? false,
          JSON.stringify(metadata),
          JSON.stringify(fields.data ?? {}),
          fields.role ?? null,
        ],
      );
      const [row] = rows;
      if (!row) throw userNotFound();
      return row;
    } catch (error) {
      throw isDuplicate(error) ? emailExists() : error;
    }
  }

  /** Changes what is given; null in metadata removes its key. A new address or password voids mailed links. */
  async updateUser(id: string, changes: UserChanges): Promise<UserRow> {
    if (changes.password !== undefined) this.#checkPassword(changes.password);
    const banned =
      changes.banDuration === undefined
        ? null
        : changes.banDuration === "none"
          ? "-infinity"
          : changes.banDuration;
    try {
      const { rows } = await this.#pool.query<UserRow>(
        `with changed as (
           update auth.users set updated_at = now(),
             email = coalesce($2::text, email),
             encrypted_password = coalesce(extensions.crypt($3::text, extensions.gen_salt('bf', 10)), encrypted_password),
             raw_user_meta_data = (raw_user_meta_data || coalesce($4::jsonb, '{}')) - array(select key from jsonb_each($4::jsonb) where value = 'null'),
             raw_app_meta_data = (raw_app_meta_data || coalesce($5::jsonb, '{}')) - array(select key from jsonb_each($5::jsonb) where value = 'null'),
             email_confirmed_at = case when $6 then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
             banned_until = case when $7::text is null then banned_until when $7 = '-infinity' then null else now() + $7::interval end,
             role = coalesce($8, role)
           where id = $1 returning *),
         named as (
           update auth.identities i set updated_at = now(), identity_data = identity_data || jsonb_build_object('email', c.email)
           from changed c where i.user_id = c.id and i.provider = 'email' and $2::text is not null),
         voided as (
           delete from auth.one_time_tokens where user_id = $1 and ($2::text is not null or $3::text is not null))
         select * from changed`,
        [
          id,
          changes.email ?? null,
          changes.password ?? null,
          json(changes.data),
          json(changes.appMetadata),
          changes.confirm ?? false,
          banned,
          changes.role ?? null,
        ],
      );
      const [row] = rows;
      if (!row) throw userNotFound();
      return row;
    } catch (error) {
      throw isDuplicate(error) ? emailExists() : error;
    }
  }

  /** A new password that equals the old one is refused, as hosted does. */
  async refuseSamePassword(id: string, password: string): Promise<void> {
    const { rows } = await this.#pool.query<{ same: boolean }>(
      "select encrypted_password = extensions.crypt($2, encrypted_password) as same from auth.users where id = $1",
      [id, password],
    );
    if (rows[0]?.same)
      throw new AuthError(422, "same_password", "New password should be different from the old password.");
  }

  async deleteUser(id: string): Promise<void> {
    const { rowCount } = await this.#pool.query("delete from auth.users where id = $1", [id]);
    if (rowCount === 0) throw userNotFound();
  }

  async getUser(id: string): Promise<UserRow> {
    const row = await this.#byId(id);
    if (!row) throw userNotFound();
    return row;
  }

  async listUsers(page: number, perPage: number): Promise<{ users: User[]; total: number }> {
    const { rows } = await this.#pool.query<UserRow & { total: string }>(
      "select *, count(*) over () as total from auth.users order by created_at desc, id limit $1 offset $2",
      [perPage, (page - 1) * perPage],
    );
    return {
      users: await Promise.all(rows.map((row) => this.view(row))),
      total: Number(rows[0]?.total ?? 0),
    };
  }

  async view(row: UserRow): Promise<User> {
    const { rows } = await this.#pool.query("select * from auth.identities where user_id = $1", [row.id]);
    return toUser(row, rows);
  }

  #checkPassword(password: string): void {
    const minPasswordLength = this.#minPasswordLength;
    if (Buffer.byteLength(password) > 72)
      throw validationFailed("Password cannot be longer than 72 characters");
    if (password.length >= minPasswordLength) return;
    const message = `Password should be at least ${minPasswordLength} characters.`;
    throw new AuthError(422, "weak_password", message, { weak_password: { reasons: ["length"] } });
  }

  async findByEmail(email: string): Promise<UserRow | undefined> {
    const { rows } = await this.#pool.query<UserRow>("select * from auth.users where lower(email) = $1", [
      email,
    ]);
    return rows[0];
  }

  async #byId(id: string): Promise<UserRow | undefined> {
    const { rows } = await this.#pool.query<UserRow>("select * from auth.users where id = $1", [id]);
    return rows[0];
  }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** A unique constraint was violated. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
