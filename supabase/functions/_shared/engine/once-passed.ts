import { isPassing } from "./queue.ts";

/** How long it is before the database is asked again, at first and at most, in milliseconds. */
const PAUSE_MS = { first: 100, longest: 3_000 };

/**
 * What `work` gives, as soon as the database can do it: again while what keeps it from it is passing and `giveUp` is not aborted. So `work` must do no
 * harm when it is done twice: what it did may have been stored although the answer was lost.
 */
export async function oncePassed<T>(work: () => Promise<T>, giveUp: AbortSignal): Promise<T> {
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest)) {
    try {
      return await work();
    } catch (error) {
      if (giveUp.aborted || !isPassing(error)) throw error;
      console.error(error);
    }
    await pause(pauseMs, giveUp);
  }
}

/** Ends early when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
