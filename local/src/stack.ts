import { join } from "node:path";
import type { AuthLimits } from "./auth/options.ts";
import { Closers } from "./closers.ts";
import { openDataDirectory } from "./data-directory/data-directory.ts";
import type { FunctionLimits } from "./functions/functions.ts";
import { gatewayApp } from "./gateway/app.ts";
import { GatewayServer } from "./gateway/server.ts";
import { LogFile } from "./log-file.ts";
import { migrate } from "./migrate/migrate.ts";
import { checkNodeVersion } from "./node-version.ts";
import { bootstrap } from "./postgres/bootstrap.ts";
import { startCluster } from "./postgres/cluster.ts";
import { readProjectConfig } from "./project-config.ts";
import { startServices } from "./services.ts";
import { explain } from "./stack-error.ts";
import { writeStackFile } from "./stack-file.ts";

export { StackError } from "./stack-error.ts";

export interface StackOptions {
  /** Holds supabase/config.toml, migrations, functions and seed.sql. */
  projectDir: string;
  /** Keeps the database, files, keys and logs of this stack. */
  dataDir: string;
  /** 0 takes a free one. */
  port: number;
  /** The address listened on; loopback unless told otherwise. */
  host?: string;
  /** Folder of a built single-page app to be served at /. */
  appDir?: string;
  /** Further environment of the edge functions; a function of the stack's own URL where it depends on that. */
  functionsEnv?: Record<string, string> | ((url: string) => Record<string, string>);
  /** Starts edge functions again when their files change. */
  watchFunctions?: boolean;
  /** Origins, besides the stack's own, that links in mails may lead to. */
  extraRedirectOrigins?: string[];
  authLimits?: Partial<AuthLimits>;
  functionLimits?: Partial<FunctionLimits>;
  /** Aborting it while the stack starts ends what has been started; then startStack rejects with its reason. */
  signal?: AbortSignal;
  /** Told what is going on, a line at a time. */
  onProgress?: (line: string) => void;
}

export interface Stack {
  url: string;
  publishableKey: string;
  secretKey: string;
  /** Postgres, as the role postgres. */
  dbUrl: string;
  pid: number;
  mailboxUrl: string;
  /** Ends everything in order. Can be called more than once. */
  stop(): Promise<void>;
  /** Settles when Postgres died too often to go on; the stack should then be stopped. */
  failed: Promise<Error>;
}

/** Starts the embedded Supabase. Throws a StackError for what the person who starts it can put right. */
export async function startStack(options: StackOptions): Promise<Stack> {
  checkNodeVersion();
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    options.signal?.throwIfAborted();
    throw explain(error, options.dataDir);
  }
}

async function start(options: StackOptions, closers: Closers): Promise<Stack> {
  const { projectDir, host = "127.0.0.1", onProgress = () => {} } = options;
  const timed = stopwatch(onProgress, options.signal);
  const config = readProjectConfig(projectDir);
  const directory = await openDataDirectory(options.dataDir);
  closers.add(() => directory.release());
  const log = new LogFile(join(directory.path, "logs", "services.log"));
  const report = (error: unknown) =>
    log.write(
      `${new Date().toISOString()} ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
  const gateway = await GatewayServer.listen({ port: options.port, host, report });
  closers.add(() => gateway.close());
  const url = `http://${urlHost(host)}:${gateway.port}`;

  const cluster = await timed("Postgres", () => startCluster(directory, onProgress));
  closers.add(() => cluster.stop());
  const superuserUrl = cluster.connection("supabase_admin");
  const dbUrl = cluster.connection("postgres");
  await timed("roles and schemas", () => bootstrap(superuserUrl, directory.keys));
  await timed("migrations", () => migrate({ projectDir, superuserUrl, postgresUrl: dbUrl }));
  const { functionsEnv = {} } = options;
  const serviceOptions = {
    directory,
    cluster,
    config,
    projectDir,
    url,
    host,
    redirectOrigins: options.extraRedirectOrigins ?? [],
    authLimits: options.authLimits ?? {},
    functionsEnv: typeof functionsEnv === "function" ? functionsEnv(url) : functionsEnv,
    functionLimits: options.functionLimits ?? {},
    watch: options.watchFunctions ?? false,
    report,
    onProgress,
  };
  const services = await timed("services", () => startServices(serviceOptions, closers));
  options.signal?.throwIfAborted();
  const { publishableKey, secretKey } = directory.keys;
  gateway.open({
    app: gatewayApp({ ...services, publishableKey, appDir: options.appDir, report }),
    functions: services.functions.handle,
    upgrade: services.upgrade,
  });
  closers.add(
    await writeStackFile(directory.path, {
      url,
      publishable_key: publishableKey,
      secret_key: secretKey,
      db_url: dbUrl,
      pid: process.pid,
    }),
  );

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await gateway.close();
    await closers.close();
  };
  return {
    url,
    publishableKey,
    secretKey,
    dbUrl,
    pid: process.pid,
    mailboxUrl: `${url}/mailbox`,
    failed: cluster.failed,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** The host as it stands in the stack's own URL. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** Says how long each part of the start took, and goes no further once `signal` is aborted. */
function stopwatch(onProgress: (line: string) => void, signal: AbortSignal | undefined) {
  return async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    const begun = performance.now();
    const result = await work();
    onProgress(`${part}: ${Math.round(performance.now() - begun)} ms`);
    return result;
  };
}
