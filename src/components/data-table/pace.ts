export interface Paced {
  /** Asks for a run: now if the last one is long enough ago, else as soon as it is. Requests in between merge. */
  request: () => void;
  /** Forgets a pending request and refuses new ones. */
  dispose: () => void;
}

/**
 * Runs `run` at most once per `interval` ms and never twice at a time, however often it is asked for. The last
 * request is never lost: it runs after the interval. `run` handles its own errors.
 */
export function paced(run: () => Promise<void>, interval: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let wanted = false;
  let disposed = false;
  let readyAt = 0;

  const start = async () => {
    timer = undefined;
    wanted = false;
    running = true;
    readyAt = Date.now() + interval;
    await run();
    running = false;
    if (wanted) schedule();
  };
  const schedule = () => {
    if (disposed || timer !== undefined) return;
    timer = setTimeout(() => void start(), Math.max(0, readyAt - Date.now()));
  };

  return {
    request() {
      if (running) wanted = true;
      else schedule();
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
