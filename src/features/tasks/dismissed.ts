import { create } from "zustand";
import { persist } from "zustand/middleware";

/** More than anybody has of a day: failed tasks are told of for so long. */
const LIMIT = 100;

interface DismissedTasks {
  /** Ids of failed tasks, the newest first. */
  ids: readonly string[];
  dismiss: (id: string) => void;
}

/** The failed tasks that the user has read of; kept in the browser. */
export const useDismissedTasks = create<DismissedTasks>()(
  persist(
    (set) => ({ ids: [], dismiss: (id) => set(({ ids }) => ({ ids: [id, ...ids].slice(0, LIMIT) })) }),
    { name: "dismissed-tasks", partialize: ({ ids }) => ({ ids }) },
  ),
);
