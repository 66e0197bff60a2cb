import { useSyncExternalStore } from "react";

const MINUTE_MS = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer, however many follow it. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(() => {
      for (const tell of listeners) tell();
    }, MINUTE_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS);

/** Draws the component again each minute, for times like "5 minutes ago". The minute, counted since 1970. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, thisMinute);
}
