import type { TransactionSql } from "postgres";
import { type Cell, type Failure, failuresOf, rowsRead } from "./cells.ts";
import { CALLERS, type Caller, hasRole } from "./people.ts";
import { fill, type World } from "./world.ts";

interface Topic {
  name: string;
  /** As SQL, with `{name}` as in expectations. */
  topic: string;
  /** Who hears what is told there. */
  to: (caller: Caller) => boolean;
}

const members = (caller: Caller) => hasRole(caller, "viewer");
const nobody = () => false;

/** The channels of a workspace, by the rows that they are named after. */
const ROWS = ["'workspace', {workspaces}", "'campaign', {campaigns}", "'run', {research_runs}"];

const TOPICS: Topic[] = [
  ...ROWS.flatMap((row): Topic[] => [
    { name: `${row} with the key`, topic: `${row}, {channel_key}`, to: members },
    { name: `${row} with no key`, topic: row, to: nobody },
    { name: `${row} with the key before somebody was removed`, topic: `${row}, {old_key}`, to: nobody },
    { name: `${row} with a wrong key`, topic: `${row}, {workspaces}`, to: nobody },
    { name: `${row} with another workspace's key`, topic: `${row}, {other.channel_key}`, to: nobody },
  ]),
  { name: "user", topic: "'user', {the_member}", to: (caller) => caller === "member" },
];

/** Whether others hear what is told on a workspace's realtime channels, or anybody speaks there. */
export async function channelFailures(sql: TransactionSql, world: World): Promise<Failure[]> {
  const cells: Cell[] = [];
  for (const { name, topic: parts, to } of TOPICS) {
    const [told] = await sql.unsafe<{ topic: string }[]>(
      `select concat_ws(':', ${fill(parts, world.a, world.b)}) as topic`,
    );
    const topic = told?.topic ?? "";
    await sql`select realtime.send('{}', 'changes', ${topic}, true)`;
    cells.push(...CALLERS.flatMap((caller) => cellsOf(world, caller, name, topic, to(caller))));
  }
  return failuresOf(sql, cells);
}

function cellsOf(world: World, caller: Caller, name: string, topic: string, hears: boolean): Cell[] {
  const probe = (what: string, sql: string, expected: string, tell?: Cell["tell"]): Cell => ({
    name: `channel ${name}: ${caller} ${what}`,
    as: world.callers[caller],
    topic,
    sql,
    expected,
    ...(tell ? { tell } : {}),
  });
  const count = `select least(count(*), 1) from realtime.messages where topic = '${topic}' and extension = `;
  return [
    probe("hears", `${count}'broadcast'`, hears ? "1 rows" : "0 rows", rowsRead),
    probe("sees who is there", `${count}'presence'`, "0 rows", rowsRead),
    probe(
      "speaks",
      `insert into realtime.messages (topic, extension, private) values ('${topic}', 'broadcast', true)`,
      "policy",
    ),
  ];
}
