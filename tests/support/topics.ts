import type { Sql } from "./database.ts";

/** The key of a workspace's channels as it is now. */
export async function channelKeyOf(sql: Sql, workspaceId: string): Promise<string> {
  const [row] = await sql<{ channel_key: string }[]>`
    select channel_key from public.workspaces where id = ${workspaceId}`;
  if (!row) throw new Error(`There is no workspace ${workspaceId}`);
  return row.channel_key;
}

/** What names a topic in a workspace as it is now, from its kind and the id of its row. */
export async function topicsOf(sql: Sql, workspaceId: string) {
  const key = await channelKeyOf(sql, workspaceId);
  return (kind: "workspace" | "campaign" | "run", id: string) => `${kind}:${id}:${key}`;
}
