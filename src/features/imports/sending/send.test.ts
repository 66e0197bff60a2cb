import type { ImportRowsResult } from "@contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chunk } from "../rows/chunks";
import { type SendOptions, sendChunks } from "./send";

const RESULT: ImportRowsResult = { created: 1, updated: 0, duplicates: 0, rejected: [], already: false };
class NetworkGone extends Error {}

/** A file of `count` chunks and a server that answers as `fails` says: an error for a try of a chunk, or null. */
function upload(
  count: number,
  fails: (index: number, attempt: number) => Error | null,
  more: Partial<SendOptions> = {},
) {
  const log = {
    read: 0,
    saved: [] as number[],
    attempts: new Map<number, number>(),
    inFlight: 0,
    most: 0,
    retries: 0,
  };
  const pause = new AbortController();
  const options: SendOptions = {
    next: async () => (log.read < count ? { index: log.read++, rows: [], rejected: [], notes: [] } : null),
    send: async ({ index }) => {
      const attempt = (log.attempts.get(index) ?? 0) + 1;
      log.attempts.set(index, attempt);
      log.most = Math.max(log.most, ++log.inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      log.inFlight--;
      const error = fails(index, attempt);
      if (error !== null) throw error;
      return RESULT;
    },
    onSaved: ({ index }: Chunk) => log.saved.push(index),
    onRetry: (retry) => {
      if (retry !== null) log.retries++;
    },
    isTemporary: (error) => error instanceof NetworkGone,
    signal: pause.signal,
    delays: [0, 0],
    wait: async () => {},
    ...more,
  };
  return { log, pause, sent: () => sendChunks(options) };
}

describe("sending the chunks of a file", () => {
  it("saves every chunk, at most two at a time, and reads no further ahead than that", async () => {
    const { log, sent } = upload(50, () => null, {
      onSaved: ({ index }) => {
        log.saved.push(index);
        expect(log.read - log.saved.length).toBeLessThanOrEqual(2);
      },
    });
    await sent();
    expect(log.saved.toSorted((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(log.most).toBe(2);
  });

  it("saves every chunk once whatever fails, as long as a chunk fails less often than it is tried", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { maxLength: 20 }), async (failures) => {
        const { log, sent } = upload(failures.length, (index, attempt) =>
          attempt <= (failures[index] ?? 0) ? new NetworkGone() : null,
        );
        await sent();
        expect(log.saved.toSorted((a, b) => a - b)).toEqual([...failures.keys()]);
        expect(log.retries).toBe(failures.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it("gives up on a chunk that fails more often, and finishes the ones under way", async () => {
    const gone = new NetworkGone("gone");
    const { log, sent } = upload(9, (index) => (index === 1 ? gone : null));
    await expect(sent()).rejects.toBe(gone);
    expect(log.attempts.get(1)).toBe(3);
    expect(log.inFlight).toBe(0);
    expect(log.saved).toContain(0);
  });

  it("does not try again what the server refused", async () => {
    const refused = new Error("no such import");
    const { log, sent } = upload(9, () => refused);
    await expect(sent()).rejects.toBe(refused);
    expect(log.retries).toBe(0);
    expect(log.attempts.size).toBeLessThanOrEqual(2);
  });

  it("stops when it is paused, also while it waits to try again", async () => {
    const { log, pause, sent } = upload(9, (index) => (index > 2 ? new NetworkGone() : null), {
      wait: async () => pause.abort("paused"),
    });
    await expect(sent()).rejects.toBe("paused");
    expect(log.saved.length).toBe(3);
  });

  it("has nothing to do for a file whose chunks are all saved", async () => {
    const { log, sent } = upload(0, () => null);
    await sent();
    expect(log.saved).toEqual([]);
  });
});
