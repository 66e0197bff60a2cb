import type { ImportRowsResult } from "@contracts";
import type { Chunk } from "../rows/chunks";

/** What sending needs from outside. */
export type SendOptions = {
  /** The next chunk to send, null after the last. It is asked again only when there is room to send. */
  next: () => Promise<Chunk | null>;
  /** Saves one chunk; the same chunk sent twice is saved once. */
  send: (chunk: Chunk, signal: AbortSignal) => Promise<ImportRowsResult>;
  onSaved: (chunk: Chunk, result: ImportRowsResult) => void;
  /** Told when a chunk failed and is tried again after `delay` milliseconds, and with null once one is saved again. */
  onRetry: (retry: { error: unknown; delay: number } | null) => void;
  /** Whether trying again may help: the network is gone or the server is in trouble. */
  isTemporary: (error: unknown) => boolean;
  /** Stops sending; `sendChunks` then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Milliseconds before each further try of one chunk; as many tries as there are numbers. */
  delays?: readonly number[];
  /** Waits; ends early when the signal is aborted. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/** The server saves the chunks of one campaign one after the other: a second one waits there instead of on the way. */
const IN_FLIGHT = 2;
const DELAYS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Waits, or less when the browser is back online or the signal is aborted. */
function waitOrOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    globalThis.addEventListener?.("online", end);
    signal.addEventListener("abort", end);
  });
}

/**
 * Sends the chunks of a file, two at a time. A chunk that fails for a passing reason is tried again a few times, each time after a
 * longer wait; after that, or for any other error, the chunks under way are awaited and the error is thrown. What is
 * saved stays saved: the caller continues by asking the server which chunks it has.
 */
export async function sendChunks(options: SendOptions): Promise<void> {
  const { next, send, onSaved, onRetry, isTemporary, delays = DELAYS, wait = waitOrOnline } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);

  const save = async (chunk: Chunk) => {
    for (let failures = 0; ; failures++) {
      try {
        const result = await send(chunk, options.signal);
        if (failures > 0) onRetry(null);
        onSaved(chunk, result);
        return;
      } catch (error) {
        const delay = delays[failures];
        signal.throwIfAborted();
        if (delay === undefined || !isTemporary(error)) throw error;
        onRetry({ error, delay });
        await wait(delay, signal);
        signal.throwIfAborted();
      }
    }
  };
  const lane = async () => {
    for (let chunk = await next(); chunk !== null; chunk = await next()) {
      signal.throwIfAborted();
      await save(chunk);
      signal.throwIfAborted();
    }
  };
  const failFast = (error: unknown) => {
    stop.abort(error);
    throw error;
  };
  const lanes = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, () => lane().catch(failFast)));
  options.signal.throwIfAborted();
  const failed = lanes.some((settled) => settled.status === "rejected");
  // The first failure is what stopped the other lanes.
  if (failed) throw stop.signal.reason;
}
