import { join } from "node:path";
import { startAuth } from "./auth/auth.ts";
import { type AuthLimits, defaults } from "./auth/options.ts";
import type { Closers } from "./closers.ts";
import { startCronNet } from "./cron-net/cron-net.ts";
import type { DataDirectory } from "./data-directory/data-directory.ts";
import { loginRoles } from "./data-directory/keys.ts";
import type { FunctionLimits } from "./functions/functions.ts";
import { type Functions, startFunctions } from "./functions/functions.ts";
import type { GatewayServices } from "./gateway/app.ts";
import { mailboxApp } from "./mailbox/mailbox.ts";
import { Outbox } from "./mailbox/outbox.ts";
import type { Cluster } from "./postgres/cluster.ts";
import type { ProjectConfig } from "./project-config.ts";
import { type Realtime, startRealtime } from "./realtime/server.ts";
import { startRest } from "./rest/rest.ts";
import { startStorage } from "./storage/server.ts";
import { Tokens } from "./tokens.ts";

export interface ServicesOptions {
  directory: DataDirectory;
  cluster: Cluster;
  config: ProjectConfig;
  projectDir: string;
  /** The stack's own URL. */
  url: string;
  host: string;
  redirectOrigins: string[];
  authLimits: Partial<AuthLimits>;
  functionsEnv: Record<string, string>;
  functionLimits: Partial<FunctionLimits>;
  /** Starts functions again when their files change. */
  watch: boolean;
  /** For the log: what no caller is told of. */
  report: (error: unknown) => void;
  onProgress: (line: string) => void;
}

export interface Services extends GatewayServices {
  functions: Functions;
  upgrade: Realtime["handleUpgrade"];
}

/** Starts every service on the database. What is started goes into `closers`, also when a later one fails. */
export async function startServices(options: ServicesOptions, closers: Closers): Promise<Services> {
  const { directory, cluster, config, url, report } = options;
  const { keys: secrets } = directory;
  const keys = { publishable: secrets.publishableKey, secret: secrets.secretKey };
  const tokens = await Tokens.create(secrets.signingKey, `${url}/auth/v1`);
  const opened = async <S extends { close(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const service = await starting;
    closers.add(() => service.close());
    return service;
  };

  const rest = await opened(
    startRest({
      connection: cluster.connection("authenticator"),
      keys,
      tokens,
      report,
      maxRows: config.maxRows,
    }),
  );
  const outbox = new Outbox();
  const auth = await opened(
    startAuth({
      connection: cluster.connection("supabase_auth_admin"),
      keys,
      tokens,
      report,
      sendMail: async (mail) => outbox.add(mail),
      publicUrl: url,
      siteUrl: url,
      redirectOrigins: options.redirectOrigins,
      autoconfirm: !config.enableConfirmations,
      disableSignup: !config.enableSignup,
      minPasswordLength: config.minimumPasswordLength,
      limits: { ...defaults.limits, ...options.authLimits },
    }),
  );
  const storage = await opened(
    startStorage({
      connection: cluster.connection("supabase_storage_admin"),
      directory: join(directory.path, "storage"),
      keys,
      tokens,
      report,
    }),
  );
  const realtime = await opened(
    startRealtime({ connection: cluster.connection("supabase_realtime_admin"), keys, tokens, report }),
  );
  await opened(
    startCronNet({
      superuserUrl: cluster.connection("supabase_admin"),
      // A job logs in as its own role, so that "reset role" in it leads nowhere; roles without login are assumed.
      connectionFor: (role) =>
        cluster.connection(loginRoles.find((login) => login === role) ?? "authenticator"),
      report,
    }),
  );
  const functions = await opened(
    startFunctions({
      projectDir: options.projectDir,
      config,
      dataDir: directory.path,
      supabaseEnv: {
        SUPABASE_URL: url,
        SUPABASE_ANON_KEY: keys.publishable,
        SUPABASE_SERVICE_ROLE_KEY: keys.secret,
        SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: keys.publishable }),
        SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secret }),
        SUPABASE_JWKS: JSON.stringify(tokens.publicKeys),
        SUPABASE_DB_URL: cluster.connection("postgres"),
      },
      env: options.functionsEnv,
      tokens,
      watch: options.watch,
      limits: options.functionLimits,
      report: options.onProgress,
    }),
  );
  return {
    rest: rest.app,
    auth: auth.app,
    storage: storage.app,
    realtime: realtime.app,
    mailbox: mailboxApp(outbox, { hosts: [options.host] }),
    functions,
    upgrade: (request, socket, head) => realtime.handleUpgrade(request, socket, head),
  };
}
