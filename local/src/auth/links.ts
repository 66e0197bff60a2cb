import { tooMany } from "./errors.ts";
import type { Challenge, FlowStates } from "./flow-states.ts";
import { type AuthMail, composeMail, type MailKind } from "./mails.ts";
import { createToken, type TokenType, tokenTypesOf } from "./one-time-tokens.ts";
import type { AuthOptions } from "./options.ts";
import { RateLimit } from "./rate-limit.ts";
import { allowedRedirect } from "./redirects.ts";
import type { UserRow } from "./user.ts";

/** Where a mail's link leads in the end, and whether it brings a code there instead of a session. */
export interface Destination {
  redirectTo: string;
  challenge: Challenge | null;
}

const oneHour = 3_600_000;

/** What a session's token says of how it began, when it began with a code. */
const methodOf: Record<MailKind, string> = {
  confirmation: "email/signup",
  recovery: "recovery",
  magiclink: "magiclink",
  invite: "invite",
  email_change: "email_change",
};
const sentColumn: Record<MailKind, string> = {
  confirmation: "confirmation_sent_at",
  recovery: "recovery_sent_at",
  magiclink: "recovery_sent_at",
  invite: "invited_at",
  email_change: "email_change_sent_at",
};

/** Makes the links that are mailed out, and mails them. */
export class Links {
  readonly #options: AuthOptions;
  readonly #flows: FlowStates;
  readonly #mails: RateLimit;

  constructor(options: AuthOptions, flows: FlowStates) {
    this.#options = options;
    this.#flows = flows;
    const { mailsPerEmail } = options.limits;
    this.#mails = new RateLimit(mailsPerEmail, oneHour / mailsPerEmail);
  }

  /** Counts a mail, before it is known whether there is anybody to mail. Throws AuthError 429. */
  takeMail(to: string): void {
    if (!this.#mails.take(to)) throw tooMany("over_email_send_rate_limit");
  }

  async mail(row: UserRow, kind: Exclude<MailKind, "email_change">, destination: Destination): Promise<void> {
    const { mail } = await this.make(row, kind, destination);
    await this.#options.sendMail(mail);
  }

  /** Asks both the new and the old address, where there is one, to confirm the change. */
  async mailChange(row: UserRow, email: string, destination: Destination): Promise<void> {
    const flowStateId = await this.#startFlow(row, "email_change", destination);
    const recipients: [string, TokenType][] = [[email, "email_change_token_new"]];
    if (row.email) recipients.push([row.email, "email_change_token_current"]);
    for (const [to, type] of recipients) {
      const { mail } = await this.#compose(row, "email_change", type, to, destination, flowStateId);
      await this.#options.sendMail(mail);
    }
  }

  async make(
    row: UserRow,
    kind: Exclude<MailKind, "email_change">,
    destination: Destination,
  ): Promise<{ mail: AuthMail; linkToken: string }> {
    const flowStateId = await this.#startFlow(row, kind, destination);
    const [type] = tokenTypesOf(kind);
    if (!type) throw new Error(`no token type for ${kind}`);
    return this.#compose(row, kind, type, row.email ?? "", destination, flowStateId);
  }

  async #startFlow(row: UserRow, kind: MailKind, { challenge }: Destination): Promise<string | null> {
    return challenge && this.#flows.start(row.id, challenge, methodOf[kind]);
  }

  async #compose(
    row: UserRow,
    kind: MailKind,
    type: TokenType,
    to: string,
    { redirectTo }: Destination,
    flowStateId: string | null,
  ): Promise<{ mail: AuthMail; linkToken: string }> {
    const { pool, publicUrl, siteUrl, redirectOrigins } = this.#options;
    const { linkToken, digits } = await createToken(pool, { userId: row.id, type, to, flowStateId });
    await pool.query(`update auth.users set ${sentColumn[kind]} = now() where id = $1`, [row.id]);
    const query = new URLSearchParams({
      token: linkToken,
      type: kind === "confirmation" ? "signup" : kind,
      redirect_to: allowedRedirect(redirectTo, siteUrl, redirectOrigins),
    });
    const link = `${publicUrl}/auth/v1/verify?${query}`;
    return { mail: composeMail(kind, to, link, digits), linkToken };
  }
}
