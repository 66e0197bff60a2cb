import type pg from "pg";
import type { Tokens } from "../tokens.ts";
import type { AuthMail } from "./mails.ts";

/** Bursts; they refill evenly, requests and logins over five minutes, mails over an hour. */
export interface AuthLimits {
  /** Requests from one IP address that sign up or in, verify, or send mail. */
  requestsPerIp: number;
  /** Password attempts on one account, and guesses at the digits mailed to it. */
  loginsPerEmail: number;
  mailsPerEmail: number;
}

export interface AuthOptions {
  pool: pg.Pool;
  tokens: Tokens;
  sendMail: (mail: AuthMail) => Promise<void>;
  /** Hears of failures that the caller is told nothing about. */
  report: (error: unknown) => void;
  /** The stack's own URL, "http://127.0.0.1:54321": mailed links start with it. */
  publicUrl: string;
  /** The application's URL: where links lead that say nothing else. */
  siteUrl: string;
  /** Other origins links may lead to, "http://127.0.0.1:5173": the application may be served from elsewhere. */
  redirectOrigins: readonly string[];
  /** Sign-ups and changes of address need no confirmation mail. */
  autoconfirm: boolean;
  disableSignup: boolean;
  tokenLifetimeSeconds: number;
  otpLifetimeSeconds: number;
  minPasswordLength: number;
  /** How long after its rotation a refresh token still gets its successor (two tabs, a lost answer). */
  reuseSeconds: number;
  limits: AuthLimits;
}

export const defaults = {
  redirectOrigins: [],
  autoconfirm: true,
  disableSignup: false,
  tokenLifetimeSeconds: 3600,
  otpLifetimeSeconds: 3600,
  minPasswordLength: 6,
  reuseSeconds: 10,
  limits: { requestsPerIp: 300, loginsPerEmail: 30, mailsPerEmail: 30 },
} satisfies Partial<AuthOptions>;

/** Where a session was started from. */
export interface Device {
  ip: string | null;
  userAgent: string | null;
}

export interface UserChanges {
  email?: string | undefined;
  password?: string | undefined;
  data?: Record<string, unknown> | undefined;
  appMetadata?: Record<string, unknown> | undefined;
  confirm?: boolean | undefined;
  banDuration?: string | undefined;
  role?: string | undefined;
}
