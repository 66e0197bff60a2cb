import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FunctionConfig } from "./config.ts";
import type { RunningWorkers } from "./leftovers.ts";
import { Worker, type WorkerOptions } from "./worker.ts";

export interface WorkerLimits {
  /** From the start of a worker until it listens. */
  bootMs: number;
  /** A worker's life, hosted 400 s. It takes no new requests after half of it. */
  wallClockMs: number;
  /** Without a request for so long it is retired. */
  idleMs: number;
}

export interface PoolOptions {
  worker: Omit<WorkerOptions, "config" | "bootMs" | "onLine">;
  running: RunningWorkers;
  limits: WorkerLimits;
  /** Starts functions again when their files change. */
  watch: boolean;
  log: (line: string) => void;
}

interface Entry {
  worker: Worker;
  modified: number;
  /** Runs once the function listens. */
  idle: NodeJS.Timeout | undefined;
  half: NodeJS.Timeout;
  full: NodeJS.Timeout;
}

const checkFilesEveryMs = 1_000;
/** A function that cannot start is not started again at once. */
const failedBootPauseMs = 1_000;

/** The workers of all functions: started when first needed, at most one a function takes new requests. */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #alive = new Set<Worker>();
  readonly #failures = new Map<string, { error: unknown; until: number }>();
  readonly #checked = new Map<string, { at: number; modified: number }>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** A worker that listens. Rejects when the function does not start. */
  async take(name: string, config: FunctionConfig): Promise<{ worker: Worker; port: number }> {
    const failure = this.#failures.get(name);
    if (failure && failure.until > Date.now()) throw failure.error;
    const entry = this.#current(name) ?? this.#start(name, config);
    try {
      const port = await entry.worker.port;
      entry.idle?.refresh();
      return { worker: entry.worker, port };
    } catch (error) {
      this.#failures.set(name, { error, until: Date.now() + failedBootPauseMs });
      throw error;
    }
  }

  /** No new requests for this worker: it ends when it has finished those it has. */
  retire(name: string, worker: Worker): void {
    const entry = this.#entries.get(name);
    if (entry?.worker === worker) this.#retire(name, entry);
  }

  #current(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    if (entry.worker.alive && entry.modified === this.#modified(name)) return entry;
    this.#retire(name, entry);
    return undefined;
  }

  #start(name: string, config: FunctionConfig): Entry {
    const { worker: common, running, limits, log } = this.#options;
    const worker = new Worker({
      ...common,
      config,
      bootMs: limits.bootMs,
      onLine: (line) => log(`[${name}] ${line}`),
    });
    const retire = () => this.#retire(name, entry);
    const entry: Entry = {
      worker,
      modified: this.#modified(name),
      idle: undefined,
      half: setTimeout(retire, limits.wallClockMs / 2),
      full: setTimeout(() => {
        log(`[${name}] ended after ${limits.wallClockMs / 1000} s, the most a worker may live`);
        worker.kill();
      }, limits.wallClockMs),
    };
    this.#entries.set(name, entry);
    this.#alive.add(worker);
    worker.port.then(
      () => {
        if (this.#entries.get(name) === entry) entry.idle = setTimeout(retire, limits.idleMs);
      },
      () => {}, // told to those who wait for it
    );
    const { pid } = worker;
    const remembered = pid === undefined ? undefined : running.add(pid);
    void worker.exited.then(async () => {
      clearTimeout(entry.full);
      this.#forget(name, entry);
      this.#alive.delete(worker);
      await remembered;
      if (pid !== undefined) running.remove(pid);
    });
    return entry;
  }

  #forget(name: string, entry: Entry): void {
    clearTimeout(entry.idle);
    clearTimeout(entry.half);
    if (this.#entries.get(name) === entry) this.#entries.delete(name);
  }

  #retire(name: string, entry: Entry): void {
    this.#forget(name, entry);
    entry.worker.retire();
  }

  /** When the function's files last changed; looked up at most once a second. */
  #modified(name: string): number {
    if (!this.#options.watch) return 0;
    const checked = this.#checked.get(name);
    if (checked && Date.now() - checked.at < checkFilesEveryMs) return checked.modified;
    const { functionsDir } = this.#options.worker;
    const modified = Math.max(
      0,
      ...[name, "_shared"].flatMap((folder) => fileTimes(join(functionsDir, folder))),
    );
    this.#checked.set(name, { at: Date.now(), modified });
    return modified;
  }

  /** Ends every worker now. */
  async close(): Promise<void> {
    for (const [name, entry] of this.#entries) this.#forget(name, entry);
    const workers = [...this.#alive];
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map((worker) => worker.exited));
  }
}

function fileTimes(folder: string): number[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
}
