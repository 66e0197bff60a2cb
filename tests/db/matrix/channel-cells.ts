import type { Cell } from "./cells.ts";
import { rowsRead } from "./cells.ts";
import { CALLERS, type Caller, hasRole } from "./people.ts";
import { fill, type World } from "./world.ts";

/** The channels, by the rows that they are named after, and who hears what is told there. */
const TOPICS: Record<string, { of: string; to: (caller: Caller) => boolean }> = {
  workspace: { of: "workspaces", to: (caller) => hasRole(caller, "viewer") },
  campaign: { of: "campaigns", to: (caller) => hasRole(caller, "viewer") },
  run: { of: "research_runs", to: (caller) => hasRole(caller, "viewer") },
  user: { of: "the_member", to: (caller) => caller === "member" },
};

/** Who hears what is told on a workspace's realtime channels, and that nobody speaks there. */
export function channelCells(world: World): Cell[] {
  return Object.entries(TOPICS).flatMap(([kind, { of: id, to }]) => {
    const topic = `${kind}:${fill(`{${id}}`, world.a, world.b).slice(1, -1)}`;
    return CALLERS.flatMap((caller) => {
      const as = world.callers[caller];
      const probe = (what: string, sql: string, expected: string, tell?: Cell["tell"]): Cell => ({
        name: `channel ${kind}: ${caller} ${what}`,
        as,
        topic,
        sql,
        expected,
        ...(tell ? { tell } : {}),
      });
      const hears = `select least(count(*), 1) from realtime.messages where topic = '${topic}' and extension = `;
      return [
        probe("hears", `${hears}'broadcast'`, to(caller) ? "1 rows" : "0 rows", rowsRead),
        probe("sees who is there", `${hears}'presence'`, "0 rows", rowsRead),
        probe(
          "speaks",
          `insert into realtime.messages (topic, extension, private) values ('${topic}', 'broadcast', true)`,
          "policy",
        ),
      ];
    });
  });
}
