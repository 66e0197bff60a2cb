import type { BulkTask } from "@contracts";

export const taskKeys = {
  /** The tasks of a workspace that are to be shown. */
  shown: (workspaceId: string) => ["tasks", workspaceId] as const,
};

/** A background task without the filter that says which rows it works on: that may be large. */
export type Task = Omit<BulkTask, "filter">;
