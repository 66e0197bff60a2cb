import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FunctionConfig } from "./config.ts";
import { onLines } from "./output-lines.ts";

export const secretHeader = "x-stack-worker";

/** Hosted gives a function 256 MB. */
const heapMegabytes = 256;
const bootstrap = fileURLToPath(new URL("./deno-bootstrap.ts", import.meta.url));

export interface WorkerOptions {
  deno: string;
  projectDir: string;
  functionsDir: string;
  /** Where the function may write, and Deno keeps what it compiled. */
  temporaryDir: string;
  cacheDir: string;
  /** The function's whole environment: nothing of ours is inherited. */
  env: Record<string, string>;
  config: FunctionConfig;
  /** How long it may take to listen. */
  bootMs: number;
  onLine: (line: string) => void;
}

/** One Deno process that serves one function on a loopback port, to whoever knows its secret. */
export class Worker {
  readonly secret = randomBytes(24).toString("base64url");
  readonly agent = new Agent({ keepAlive: true });
  /** The port, once the function listens; rejects when it does not come to that. */
  readonly port: Promise<number>;
  /** Settles when the process has ended. */
  readonly exited: Promise<void>;
  readonly #process: ChildProcess;

  constructor(options: WorkerOptions) {
    const { deno, projectDir, functionsDir, temporaryDir, cacheDir, env, config, bootMs, onLine } = options;
    const child = spawn(
      deno,
      [
        "run",
        "--quiet",
        "--no-prompt",
        "--cached-only",
        "--frozen",
        "--node-modules-dir=manual",
        `--v8-flags=--max-old-space-size=${heapMegabytes}`,
        // A request's signal aborts when the caller leaves, and not whenever it has been answered.
        "--unstable-no-legacy-abort",
        "--allow-net",
        "--allow-env",
        "--allow-sys",
        `--allow-read=${functionsDir},${temporaryDir}`,
        `--allow-write=${temporaryDir}`,
        ...(config.denoConfig ? ["--config", config.denoConfig] : ["--no-config"]),
        bootstrap,
        pathToFileURL(config.entrypoint).href,
      ],
      {
        cwd: projectDir,
        env: {
          ...env,
          DENO_DIR: cacheDir,
          DENO_NO_UPDATE_CHECK: "1",
          HOME: temporaryDir,
          TMPDIR: temporaryDir,
          NO_COLOR: "1",
        },
        // Ctrl-C in the terminal is for us; we tell the workers.
        detached: true,
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    this.#process = child;
    this.exited = new Promise((resolve) => {
      child.once("error", () => resolve());
      child.once("close", () => resolve());
    });
    child.stdin.on("error", () => {}); // it ended before it read
    child.stdin.write(`${this.secret}\n`);
    onLines(child.stderr, onLine);
    this.port = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`did not listen within ${bootMs / 1000} s`));
        this.kill();
      }, bootMs);
      onLines(child.stdout, (line) => {
        if (!line.startsWith(`${this.secret} `)) return onLine(line);
        clearTimeout(timer);
        resolve(Number(line.slice(this.secret.length + 1)));
      });
      child.once("error", reject);
      child.once("close", (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`ended before it listened (${signal ?? `exit code ${code}`})`));
      });
    });
    this.port.catch(() => {}); // told to those who wait for it
    void this.exited.then(() => this.agent.destroy());
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get alive(): boolean {
    return (
      this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  /** Lets it finish its requests and background tasks; then it ends by itself. */
  retire(): void {
    this.#process.stdin?.write("retire\n");
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }
}
