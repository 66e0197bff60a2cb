import { useSyncExternalStore } from "react";
import { create } from "zustand";

/** Whether the last request got an answer from the server. */
export const useServerReachable = create<{ reachable: boolean }>()(() => ({ reachable: true }));

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}
