import fc from "fast-check";
import postgres from "postgres";
import { expect, test } from "vitest";
import { MOVED_TABLES, taskBench } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const bench = taskBench();

/** A connection of its own, which may be killed, and the number of its backend. */
async function victim() {
  const sql = postgres(bench.current.url, { max: 1, onnotice: () => {} });
  const [row] = await sql`select pg_backend_pid() as pid`;
  return { sql, pid: Number(row?.pid) };
}

const kill = (pid: number) => bench.sql`select pg_terminate_backend(${pid})`;

/** The rows of each table that are live and in the archive, and those that are in both. */
async function whereabouts() {
  const counts: Record<string, { rows: number; twice: number }> = {};
  for (const [live, cold] of Object.entries(MOVED_TABLES)) {
    const [row] = await bench.sql.unsafe(
      `select count(*)::int as rows, (count(*) - count(distinct id))::int as twice
       from (select id, workspace_id from public.${live} union all select id, workspace_id from public.${cold}) as r where workspace_id = $1`,
      [bench.ann.workspaceId],
    );
    counts[live] = { rows: row?.rows, twice: row?.twice };
  }
  return counts;
}

test("a chunk killed halfway through any table leaves nothing half done, and the campaign arrives all the same", async () => {
  await bench.fill(60);
  const before = await bench.fingerprint();
  for (const [start, tables] of [
    ["startArchiving", Object.keys(MOVED_TABLES)],
    ["startRestoring", Object.values(MOVED_TABLES)],
  ] as const) {
    await bench[start]();
    await bench.chunk(50);
    for (const table of tables) {
      const halfway = [await bench.fingerprint(), await bench.fingerprint(bench.campaign, true)];
      const holder = await bench.sql.reserve();
      await holder`begin`;
      const held = await holder.unsafe(
        `select id from public.${table} where workspace_id = $1 order by id offset 30 limit 1 for update`,
        [bench.ann.workspaceId],
      );
      const worker = await victim();
      await bench.sql`update public.bulk_tasks set chunk_rows = 10000 where status = 'running'`;
      const chunk = worker.sql`select private.work_on_tasks()`.then(
        () => "done",
        () => "killed",
      );
      if (held.length > 0) {
        await until("the chunk waits for the held row", async () => {
          const [row] = await bench.sql`select cardinality(pg_blocking_pids(${worker.pid})) as n`;
          return row?.n > 0;
        });
        await kill(worker.pid);
        expect(await chunk, table).toBe("killed");
        expect([await bench.fingerprint(), await bench.fingerprint(bench.campaign, true)]).toEqual(halfway);
      }
      await holder`rollback`;
      holder.release();
      await chunk;
      await worker.sql.end({ timeout: 0 }); // its connection may be gone
    }
    await bench.finish();
  }
  expect(await bench.stateOf()).toBe("active");
  expect(await bench.fingerprint()).toEqual(before);
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("chunk" as const), rows: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("killed chunk" as const),
      rows: fc.integer({ min: 20, max: 400 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("archive" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What happens to the campaign in one step; what its state does not allow does not happen. */
async function apply(one: Step): Promise<void> {
  const state = await bench.stateOf();
  const [running] =
    await bench.sql`select id from public.bulk_tasks where campaign_id = ${bench.campaign} and status = 'running'`;
  switch (one.kind) {
    case "chunk":
      if (running) await bench.chunk(one.rows);
      return;
    case "killed chunk": {
      await bench.sql`update public.bulk_tasks set chunk_rows = ${one.rows} where status = 'running'`;
      const worker = await victim();
      const chunk = worker.sql`select private.work_on_tasks()`.catch((error: Error) => error);
      await kill(worker.pid);
      await chunk;
      await worker.sql.end({ timeout: 0 }); // its connection may be gone
      return;
    }
    case "archive":
      if (!running && (state === "active" || state === "archiving")) await bench.startArchiving();
      return;
    case "restore":
      if (!running && state !== "active") await bench.startRestoring();
      return;
    case "fail":
      await bench.sql`update public.bulk_tasks set status = 'failed', finished_at = now() where status = 'running'`;
      return;
    case "edit":
      if (state !== "active")
        await expect(
          bench.call("edit_matching", [bench.campaign, "contacts", {}, { add_tags: ["refused"] }]),
        ).rejects.toMatchObject({ hint: "campaign_busy" });
  }
}

test("whatever happens in whatever order, no row is lost, doubled or changed", async () => {
  await bench.fill(40);
  const before = await bench.fingerprint();
  const counters = await bench.counters();
  const rows = await whereabouts();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const one of steps) {
        await apply(one);
        expect(await whereabouts()).toEqual(rows);
      }
      await bench.finish();
      if ((await bench.stateOf()) !== "active") await bench.startRestoring();
      await bench.finish();
      expect(await bench.fingerprint()).toEqual(before);
      expect(await bench.counters()).toEqual(counters);
      const [last] =
        await bench.sql`select status, error_message from public.bulk_tasks where kind = 'restore' order by created_at desc limit 1`;
      expect(last?.error_message ?? null).toBeNull();
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
