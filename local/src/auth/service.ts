import { randomUUID } from "node:crypto";
import { AuthError, emailExists, emailNotConfirmed, invalidCredentials, tooMany } from "./errors.ts";
import { FlowStates } from "./flow-states.ts";
import { type Destination, Links } from "./links.ts";
import type { AuthOptions, Device } from "./options.ts";
import { fiveMinutes, RateLimit } from "./rate-limit.ts";
import { Sessions } from "./sessions.ts";
import { type SessionResponse, toUser, type User, type UserRow } from "./user.ts";
import { Users } from "./users.ts";
import { Verifications } from "./verifications.ts";

/** Compared with when there is no such user, so that the answer takes as long. */
const nobodysPassword = "$2a$10$CwTycUXWue0Thq9StjUM0uJ8l8yRk8dYk8l8yRk8dYk8l8yRk8dYk";

export interface Credentials {
  email: string;
  password: string;
}

/** Signing up and in, and what needs users, sessions and mails together. */
export class AuthService {
  readonly options: AuthOptions;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly verifications: Verifications;
  readonly #flows: FlowStates;
  readonly #requests: RateLimit;
  readonly #logins: RateLimit;

  constructor(options: AuthOptions) {
    this.options = options;
    const { requestsPerIp, loginsPerEmail } = options.limits;
    this.#flows = new FlowStates(options.pool);
    this.users = new Users(options.pool, options.minPasswordLength);
    this.sessions = new Sessions(options, this.users);
    this.links = new Links(options, this.#flows);
    this.verifications = new Verifications(options, this.sessions, this.#flows);
    this.#requests = new RateLimit(requestsPerIp, fiveMinutes / requestsPerIp);
    this.#logins = new RateLimit(loginsPerEmail, fiveMinutes / loginsPerEmail);
  }

  limitRequests(ip: string | null): void {
    if (!this.#requests.take(ip ?? "")) throw tooMany("over_request_rate_limit");
  }

  /** A session, or the user when the address has to be confirmed first. */
  async signUp(
    { email, password }: Credentials,
    data: Record<string, unknown>,
    destination: Destination,
    device: Device,
  ): Promise<SessionResponse | User> {
    const { autoconfirm, disableSignup } = this.options;
    if (disableSignup) throw new AuthError(422, "signup_disabled", "Signups not allowed for this instance");
    const existing = await this.users.findByEmail(email);
    if (existing && autoconfirm) {
      throw new AuthError(422, "user_already_exists", "User already registered");
    }
    if (!autoconfirm) this.links.takeMail(email);
    if (existing?.email_confirmed_at) return obfuscated(email);
    const row = existing ?? (await this.users.createUser({ email, password, data, confirm: autoconfirm }));
    if (autoconfirm) return this.sessions.startSession(row, "password", device);
    await this.links.mail(row, "confirmation", destination);
    return this.users.view({ ...row, confirmation_sent_at: new Date() });
  }

  async signIn({ email, password }: Credentials, device: Device): Promise<SessionResponse> {
    if (!this.#logins.take(email)) throw tooMany("over_request_rate_limit");
    const { rows } = await this.options.pool.query<UserRow & { matches: boolean }>(
      `select u.*, h.hash = extensions.crypt($2, h.hash) as matches
       from (select 1) one left join auth.users u on lower(u.email) = $1
       cross join lateral (select coalesce(u.encrypted_password, $3) as hash) h`,
      [email, password, nobodysPassword],
    );
    const [row] = rows;
    if (!row?.id || !row.matches) throw invalidCredentials();
    if (!row.email_confirmed_at) throw emailNotConfirmed();
    return this.sessions.startSession(row, "password", device);
  }

  /** Ends a code flow with a session. */
  async exchangeCode(code: string, verifier: string, device: Device): Promise<SessionResponse> {
    const { userId, method } = await this.#flows.exchange(code, verifier);
    return this.sessions.startSession(await this.users.getUser(userId), method, device);
  }

  /** Mails the old and the new address; the change waits for both. */
  async requestEmailChange(row: UserRow, email: string, destination: Destination): Promise<UserRow> {
    if (await this.users.findByEmail(email)) throw emailExists();
    this.links.takeMail(email);
    if (row.email) this.links.takeMail(row.email);
    await this.options.pool.query(
      "update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1",
      [row.id, email],
    );
    await this.links.mailChange(row, email, destination);
    return { ...row, email_change: email };
  }

  /** Mails a way to reset the password. Strangers get nothing, and who is one is not told. */
  async recover(email: string, destination: Destination): Promise<void> {
    this.links.takeMail(email);
    const row = await this.users.findByEmail(email);
    if (row) await this.links.mail(row, "recovery", destination);
  }

  /** Mails a link to sign in with, to a new user too when one may be created. */
  async mailSignIn(
    email: string,
    destination: Destination,
    create: { data: Record<string, unknown> } | null,
  ): Promise<void> {
    this.links.takeMail(email);
    const existing = await this.users.findByEmail(email);
    if (!existing && (!create || this.options.disableSignup)) {
      throw new AuthError(422, "otp_disabled", "Signups not allowed for otp");
    }
    const row = existing ?? (await this.users.createUser({ email, data: create?.data }));
    await this.links.mail(row, row.email_confirmed_at ? "magiclink" : "confirmation", destination);
  }

  /** Mails again what is still waiting to be confirmed; nothing when nothing is. */
  async resend(kind: "signup" | "email_change", email: string, destination: Destination): Promise<void> {
    const row = await this.users.findByEmail(email);
    if (kind === "email_change") {
      if (row?.email_change) await this.requestEmailChange(row, row.email_change, destination);
      return;
    }
    this.links.takeMail(email);
    if (row && !row.email_confirmed_at) await this.links.mail(row, "confirmation", destination);
  }
}

/** What a sign-up with somebody else's address gets: a new user but for its empty identities, as hosted. */
function obfuscated(email: string): User {
  const now = new Date();
  return toUser(
    {
      id: randomUUID(),
      aud: "authenticated",
      role: "authenticated",
      email,
      phone: null,
      email_confirmed_at: null,
      invited_at: null,
      confirmation_sent_at: now,
      email_change: "",
      last_sign_in_at: null,
      banned_until: null,
      raw_app_meta_data: { provider: "email", providers: ["email"] },
      raw_user_meta_data: {},
      created_at: now,
      updated_at: now,
      is_anonymous: false,
    },
    [],
  );
}
