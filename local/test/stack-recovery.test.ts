import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { processesIn, processStart } from "../src/process-info.ts";
import { directoryForTest, eventually, killDatabase, spawnStack } from "./stack-support.ts";

async function query<R extends pg.QueryResultRow>(connectionString: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // the server is killed under it
  try {
    await client.connect();
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

const kept = "select body from public.notes where body = 'kept'";
const keep = "insert into public.notes (body) values ('kept')";
const gone = async (pid: number) => (await processStart(pid)) === null;

test("after kill -9 of the stack alone, the next start takes over and has what was committed", async () => {
  const dataDir = await directoryForTest();
  const first = spawnStack({ dataDir });
  const { url, db_url } = await first.ready;
  const { pid: worker } = await (await fetch(`${url}/functions/v1/misbehave`)).json();
  await query(db_url, keep);
  const orphans = await processesIn(join(dataDir, "postgres"));
  expect(orphans.length).toBeGreaterThan(1);
  first.process.kill("SIGKILL");
  await first.ended;

  // Its Postgres goes on alone; the edge function's process notices and ends.
  await eventually(() => gone(worker));
  const second = spawnStack({ dataDir });
  const { db_url: now } = await second.ready;
  expect(await query(now, kept)).toHaveLength(1);
  for (const pid of orphans) expect(await gone(pid)).toBe(true);
});

test("after kill -9 of the stack and every database process, the next start recovers", async () => {
  const dataDir = await directoryForTest();
  const first = spawnStack({ dataDir });
  const { db_url } = await first.ready;
  await query(db_url, keep);
  first.process.kill("SIGKILL");
  await killDatabase(dataDir);
  await first.ended;
  const second = spawnStack({ dataDir });
  expect(await query((await second.ready).db_url, kept)).toHaveLength(1);
});

test("after kill -9 during the first start, the next start finishes it", async () => {
  const dataDir = await directoryForTest();
  const first = spawnStack({ dataDir });
  await eventually(() => first.lines.some((line) => line.startsWith("Postgres:")));
  first.process.kill("SIGKILL");
  await first.ended;
  const second = spawnStack({ dataDir });
  const rows = await query(
    (await second.ready).db_url,
    "select body from public.notes where body = 'seeded'",
  );
  expect(rows).toHaveLength(1);
});

test("when Postgres is killed under a running stack, it comes back and everything goes on", async () => {
  const dataDir = await directoryForTest();
  const stack = spawnStack({ dataDir });
  const { url, db_url, publishable_key } = await stack.ready;
  await query(db_url, keep);
  await killDatabase(dataDir);

  const rest = `${url}/rest/v1/notes?select=body&body=eq.kept`;
  await eventually(async () => {
    const response = await fetch(rest, { headers: { apikey: publishable_key } });
    return response.ok && (await response.json()).length === 1;
  });
  const [{ count: ticks } = { count: "" }] = await query<{ count: string }>(
    db_url,
    "select count(*) from public.notes",
  );
  await eventually(async () => {
    const [row] = await query<{ count: string }>(db_url, "select count(*) from public.notes");
    return Number(row?.count) > Number(ticks);
  });
});

test("when Postgres dies five times in a minute, the stack stops with its last lines", async () => {
  const dataDir = await directoryForTest();
  const stack = spawnStack({ dataDir });
  await stack.ready;
  await eventually(async () => {
    await killDatabase(dataDir);
    return stack.process.exitCode !== null;
  }, 40_000);
  expect(await stack.ended).toBe(1);
  expect(stack.lines.at(-1)).toMatch(/^Postgres died 5 times within a minute; its last lines: /);
  expect(await processesIn(join(dataDir, "postgres"))).toEqual([]);
});
