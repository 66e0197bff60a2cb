import { mkdir, mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogFile } from "../log-file.ts";
import type { ProjectConfig } from "../project-config.ts";
import type { Tokens } from "../tokens.ts";
import { functionConfigs } from "./config.ts";
import { findDeno } from "./deno-program.ts";
import { RunningWorkers } from "./leftovers.ts";
import { type WorkerLimits, WorkerPool } from "./pool.ts";
import { functionsRouter } from "./router.ts";

export interface FunctionLimits extends WorkerLimits {
  /** To the first byte of an answer, hosted 150 s. */
  firstByteMs: number;
}

export interface FunctionsOptions {
  projectDir: string;
  config: Pick<ProjectConfig, "functions">;
  dataDir: string;
  /** SUPABASE_URL and its like; these win over the project's own variables, as on hosted. */
  supabaseEnv: Record<string, string>;
  env: Record<string, string>;
  tokens: Tokens;
  watch: boolean;
  limits?: Partial<FunctionLimits>;
  report: (line: string) => void;
}

export interface Functions {
  /** Answers a request to /functions/v1/<name>…. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** Makes the project's edge functions callable; each is started by its first request. */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const { projectDir, dataDir, limits, report } = options;
  const temporaryDir = await mkdtemp(join(tmpdir(), "functions-"));
  const cacheDir = join(dataDir, "deno");
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const running = new RunningWorkers(join(dataDir, "workers"));
  await running.endLeftovers();
  const log = new LogFile(join(dataDir, "logs", "functions.log"));
  const pool = new WorkerPool({
    worker: {
      deno: findDeno(),
      projectDir,
      functionsDir: join(projectDir, "supabase", "functions"),
      temporaryDir,
      cacheDir,
      env: { ...options.env, ...options.supabaseEnv },
    },
    running,
    limits: { bootMs: 30_000, wallClockMs: 400_000, idleMs: 600_000, ...limits },
    watch: options.watch,
    log: (line) => log.write(line),
  });
  return {
    handle: functionsRouter({
      pool,
      configOf: functionConfigs(projectDir, options.config),
      tokens: options.tokens,
      firstByteMs: limits?.firstByteMs ?? 150_000,
      report,
    }),
    async close() {
      await pool.close();
      await rm(temporaryDir, { recursive: true, force: true });
    },
  };
}
