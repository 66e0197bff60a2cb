/** Query keys of what is known of a workspace's integrations. */
export const integrationKeys = {
  all: ["integrations"] as const,
  list: (workspaceId: string) => [...integrationKeys.all, workspaceId, "list"] as const,
  /** The requests of every batch. */
  batches: (workspaceId: string) => [...integrationKeys.all, workspaceId, "batch"] as const,
  batch: (workspaceId: string, batchId: string) =>
    [...integrationKeys.batches(workspaceId), batchId] as const,
};

/** Those of the logs: what went to them, and what came from them. */
export const logKeys = {
  logs: (workspaceId: string) => [...integrationKeys.all, workspaceId, "logs"] as const,
  list: (workspaceId: string, table: string, filter: object) =>
    [...logKeys.logs(workspaceId), table, filter] as const,
  newer: (workspaceId: string, table: string, filter: object, above: number) =>
    [...logKeys.logs(workspaceId), table, "newer", filter, above] as const,
  entry: (workspaceId: string, table: string, id: number) =>
    [...logKeys.logs(workspaceId), table, "entry", id] as const,
};
