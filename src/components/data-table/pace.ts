export interface Paced {
  /**
   * Asks for a run: now if the last one is long enough ago, else as soon as it is. Requests in between merge. `atOnce` does not wait
   * out the pause after a failure.
   */
  request: (atOnce?: boolean) => void;
  /** Forgets a pending request and refuses new ones. */
  dispose: () => void;
}

/** Longest pause, in ms, before what failed is tried again. */
export const MAX_PAUSE_MS = 60_000;

/**
 * Runs `run` at most once per `interval` ms and never twice at a time, however often it is asked for. The last
 * request is never lost: it runs after the interval. `run` handles its own errors; if it resolves to false it has failed and is run
 * again, after a pause that doubles each time.
 */
export function paced(run: () => Promise<unknown>, interval: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let wanted = false;
  let disposed = false;
  let readyAt = 0;
  let failures = 0;

  const start = async () => {
    timer = undefined;
    wanted = false;
    running = true;
    const startedAt = Date.now();
    const done = (await run()) !== false;
    running = false;
    failures = done ? 0 : failures + 1;
    readyAt = done ? startedAt + interval : Date.now() + Math.min(interval * 2 ** failures, MAX_PAUSE_MS);
    if (wanted || !done) schedule();
  };
  const schedule = () => {
    if (disposed || timer !== undefined) return;
    timer = setTimeout(() => void start(), Math.max(0, readyAt - Date.now()));
  };

  return {
    request(atOnce = false) {
      if (running) {
        wanted = true;
        return;
      }
      if (atOnce && failures > 0) {
        clearTimeout(timer);
        timer = undefined;
        readyAt = 0;
      }
      schedule();
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
