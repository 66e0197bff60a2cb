import type { Hono } from "hono";
import { openPool } from "../db/pool.ts";
import type { ApiKeys } from "../identity.ts";
import { authApp } from "./app.ts";
import { type AuthOptions, defaults } from "./options.ts";
import { AuthService } from "./service.ts";

type Required = "tokens" | "sendMail" | "report" | "publicUrl" | "siteUrl";

export type StartAuthOptions = Pick<AuthOptions, Required> &
  Partial<Omit<AuthOptions, Required | "pool">> & {
    /** Auth's own login role: postgres://supabase_auth_admin:… */
    connection: string;
    keys: ApiKeys;
  };

/** Starts Auth: mount `app` at /auth/v1. */
export async function startAuth(
  options: StartAuthOptions,
): Promise<{ app: Hono; close: () => Promise<void> }> {
  const { connection, keys, ...given } = options;
  const pool = openPool({ connectionString: connection, max: 4, application_name: "auth" }, options.report);
  await pool.query("select 1"); // a wrong password shows now
  const service = new AuthService({ ...defaults, ...given, pool });
  return { app: authApp(service, keys), close: () => pool.end() };
}
