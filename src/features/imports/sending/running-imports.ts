import type { ImportJob } from "@contracts";
import { create } from "zustand";
import { toastSuccess } from "@/components/ui/toast";
import { isNetworkError, RequestError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { useSession } from "@/stores/session";
import { useImportDialog } from "../import-dialog";
import type { FileParser } from "../parser/parser";
import { finishImport, importRows, type NewImport, startImport } from "../queries";
import { RateMeter } from "./rate";
import { sendChunks } from "./send";

/** Rows of an import by what became of them; `processed` is their sum. */
export type ImportCounts = Record<"processed" | "created" | "updated" | "duplicates" | "rejected", number>;

/** An import that this tab is sending or has sent. */
export type RunningImport = ImportCounts & {
  key: string;
  ownerId: string;
  file: NewImport;
  /** retrying: a request failed and is tried again soon; paused by the user; stopped by `error`: what is saved stays saved. */
  status: "sending" | "retrying" | "paused" | "stopped" | "completed";
  job: ImportJob | null;
  rowsPerSecond: number | null;
  error: unknown;
};

type RunningImports = { imports: readonly RunningImport[] };

/** The imports of this tab, newest first. They go on while the user moves about in the app. */
export const useRunningImports = create<RunningImports>()(() => ({ imports: [] }));

/** What cannot be shown, so it is not in the store. */
type Engine = {
  parser: FileParser;
  chunkCount: number;
  pause: AbortController;
  /** Nothing more of it may go out: whoever started it is no longer signed in. */
  ended: AbortController;
};
const engines = new Map<string, Engine>();

let lastKey = 0;

const MAY_PASS = new Set(["40001", "40P01", "53300", "57P03"]);

function isTemporary(error: unknown): boolean {
  if (isNetworkError(error)) return true;
  return (
    error instanceof RequestError && (error.status >= 500 || error.status === 429 || MAY_PASS.has(error.code))
  );
}

function patch(key: string, change: Partial<RunningImport>): void {
  useRunningImports.setState(({ imports }) => ({
    imports: imports.map((running) => (running.key === key ? { ...running, ...change } : running)),
  }));
}

const find = (key: string) => useRunningImports.getState().imports.find((running) => running.key === key);

const countsOf = (job: ImportJob): ImportCounts => ({
  processed: job.processed_rows,
  created: job.created_rows,
  updated: job.updated_rows,
  duplicates: job.duplicate_rows,
  rejected: job.rejected_rows,
});

/** For a user who did not wait for it. */
function tellFinished({ file_name, created_rows, updated_rows }: ImportJob): void {
  toastSuccess({
    title: `“${file_name}” is imported`,
    description: `${formatCount(created_rows, "row")} new, ${formatCount(updated_rows, "row")} updated`,
  });
}

/** Sends what the server does not have yet, from wherever the import is. */
async function send(
  key: string,
  file: NewImport,
  { parser, chunkCount, pause, ended }: Engine,
): Promise<void> {
  const { import: job, chunks_done } = await startImport(file, pause.signal);
  pause.signal.throwIfAborted();
  patch(key, { job, ...countsOf(job) });
  await parser.startChunks(file.kind, file.mapping, chunks_done);
  const meter = new RateMeter();
  meter.add(job.processed_rows, performance.now());
  await sendChunks({
    next: () => parser.nextChunk(),
    send: (chunk, signal) => importRows(job.id, chunk, signal),
    onSaved: (chunk, result) => {
      const before = find(key);
      if (before === undefined) return;
      const processed = before.processed + chunk.rows.length + chunk.rejected.length;
      meter.add(processed, performance.now());
      patch(key, {
        processed,
        created: before.created + result.created,
        updated: before.updated + result.updated,
        duplicates: before.duplicates + result.duplicates,
        rejected: before.rejected + result.rejected.length + chunk.rejected.length,
        rowsPerSecond: meter.perSecond(),
      });
    },
    onRetry: (retry) =>
      patch(key, retry ? { status: "retrying", error: retry.error } : { status: "sending", error: null }),
    isTemporary,
    signal: pause.signal,
  });
  const finished = await finishImport(job.id, chunkCount, ended.signal);
  patch(key, { status: "completed", job: finished, ...countsOf(finished), error: null });
  if (useImportDialog.getState().campaignId !== file.campaignId) tellFinished(finished);
}

async function run(key: string): Promise<void> {
  const running = find(key);
  const engine = engines.get(key);
  if (running === undefined || engine === undefined) return;
  engine.pause = new AbortController();
  patch(key, { status: "sending", error: null, rowsPerSecond: null });
  try {
    await send(key, running.file, engine);
    engine.parser.close();
    engines.delete(key);
  } catch (error) {
    if (engine.pause.signal.aborted) patch(key, { status: "paused", error: null });
    else patch(key, { status: "stopped", error });
  }
}

/**
 * Starts sending a checked file and returns the key of the running import. An unfinished import of the same file and
 * mapping is continued. The store takes over the parser.
 */
export function beginImport(
  file: NewImport,
  ownerId: string,
  parser: FileParser,
  chunkCount: number,
): string {
  const key = String(++lastKey);
  engines.set(key, { parser, chunkCount, pause: new AbortController(), ended: new AbortController() });
  const counts: ImportCounts = { processed: 0, created: 0, updated: 0, duplicates: 0, rejected: 0 };
  const running: RunningImport = {
    key,
    ownerId,
    file,
    status: "sending",
    job: null,
    rowsPerSecond: null,
    error: null,
    ...counts,
  };
  useRunningImports.setState(({ imports }) => ({ imports: [running, ...imports] }));
  void run(key);
  return key;
}

/** Stops sending; what is saved stays. */
export function pauseImport(key: string): void {
  engines.get(key)?.pause.abort();
}

/** Goes on with a paused or stopped import, from what the server says it has. */
export function continueImport(key: string): void {
  const status = find(key)?.status;
  if (status === "paused" || status === "stopped") void run(key);
}

/** Takes an import that is not being sent out of sight. What is saved stays; an unfinished one can be continued with its file. */
export function dismissImport(key: string): void {
  if (isSending(find(key))) return;
  engines.get(key)?.parser.close();
  engines.delete(key);
  useRunningImports.setState(({ imports }) => ({
    imports: imports.filter((running) => running.key !== key),
  }));
}

/** Ends all imports of whoever leaves and lets go of their files. What is saved stays; each can be continued with its file. */
function endAll(): void {
  for (const { parser, pause, ended } of engines.values()) {
    pause.abort();
    ended.abort();
    parser.close();
  }
  engines.clear();
  useRunningImports.setState({ imports: [] });
}

// A request goes out as whoever is signed in then: nobody's file is sent by somebody else.
useSession.subscribe(({ user }, before) => {
  if (before.user && before.user.id !== user?.id) endAll();
});

/** Whether closing the tab now would interrupt it. */
export function isSending(running: RunningImport | undefined): boolean {
  return running?.status === "sending" || running?.status === "retrying";
}

const warn = (event: BeforeUnloadEvent) => event.preventDefault();

useRunningImports.subscribe(({ imports }) => {
  if (imports.some(isSending)) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
});
