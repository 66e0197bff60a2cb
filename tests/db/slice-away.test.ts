import postgres from "postgres";
import { expect, test } from "vitest";
import { type Queue, toStoredDeliveries } from "../../supabase/functions/_shared/engine/queue.ts";
import { SLICE_LIMITS } from "../../supabase/functions/_shared/engine/slice.ts";
import { delivery } from "../support/delivery.ts";
import { done, sliceBench } from "../support/slices.ts";
import { until } from "../support/until.ts";

const bench = sliceBench();
const { database, slice, start, statuses } = bench;

/** Between a slice and its queue: the answer to the first completion is lost on the way, after it was stored or before. */
function losing(when: "before" | "after"): (queue: Queue) => Queue {
  let isLost = false;
  return (queue) => ({
    ...queue,
    async complete(finished, answered) {
      if (isLost) return queue.complete(finished, answered);
      isLost = true;
      if (when === "after") await queue.complete(finished, answered);
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    },
  });
}

/** How many completions were counted. */
async function completions(): Promise<number> {
  const [row] = await database.current.sql`
    select sum(completed)::int as n from private.run_rates where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
  return row?.n;
}

test.each(["before", "after"] as const)(
  "a result is stored once though the connection breaks %s it is stored",
  async (when) => {
    await start(3);
    expect(await slice(async () => done, {}, losing(when))).toMatchObject({ claimed: 3, done: 3 });
    expect(await statuses()).toEqual({ completed: 3 });
    expect(await completions()).toBe(3);
  },
);

test("a result whose transaction the server ends is stored by another one", async () => {
  await start(1);
  const { sql } = database.current;
  let running: Promise<unknown> = Promise.resolve();
  await sql.begin(async (writer) => {
    await writer`select from public.campaigns where id = ${bench.campaign} for no key update`;
    running = slice(async () => done);
    await until("the result waits, and its server process is ended", async () => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%complete_jobs%' and pid <> pg_backend_pid()`;
      return ended.length > 0;
    });
  });
  await running;
  expect(await statuses()).toEqual({ completed: 1 });
  expect(await completions()).toBe(1);
});

/** Between a slice and its queue: the first completions fail like these, one by one. */
function failing(...errors: Error[]): (queue: Queue) => Queue {
  return (queue) => ({
    ...queue,
    async complete(finished, answered) {
      const error = errors.shift();
      if (error) throw error;
      return queue.complete(finished, answered);
    },
  });
}

const sqlError = (code: string) =>
  Object.assign(new postgres.PostgresError(code), { code, severity: "ERROR" });
const systemError = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ["out of memory, a deadlock and a timeout", [sqlError("53200"), sqlError("40P01"), sqlError("57014")]],
  ["a server that is a standby for a while", [sqlError("25006"), sqlError("25006")]],
  ["a name that is not resolved", [systemError("EAI_AGAIN")]],
  ["a database that goes away after it refused one", [sqlError("22P05"), systemError("ECONNREFUSED")]],
])("no result is lost to %s", async (_, errors) => {
  await start(3);
  expect(await slice(async () => done, {}, failing(...errors))).toMatchObject({ claimed: 3, done: 3 });
  expect(await statuses()).toEqual({ completed: 3 });
  expect(await completions()).toBe(3);
});

test("a result that is refused fails its job alone", async () => {
  await start(3);
  await slice(async () => done, {}, failing(sqlError("22P05"), sqlError("22P05")));
  expect(await statuses()).toEqual({ completed: 2, failed: 1 });
});

test("a batch with a result that could not be stored, for whatever else, is left to its lease", async () => {
  await start(3);
  const broken = slice(async () => done, {}, failing(sqlError("XX000"), sqlError("XX000")));
  await expect(broken).rejects.toThrow("The queue failed");
  expect(await statuses()).toEqual({ completed: 2, processing: 1 });
  const [open] = await database.current.sql`
    select answered_at, leased_until is not null as is_leased from public.research_batches
    where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
  expect(open).toEqual({ answered_at: null, is_leased: true });
});

test("a database that does not come back is given up in time, and its jobs are found when their leases end", async () => {
  await start(1);
  const isAway = (queue: Queue): Queue => ({
    ...queue,
    complete: () =>
      Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })),
  });
  const limits = { ...SLICE_LIMITS, storeUntilMs: 50 };
  await expect(slice(async () => done, { limits }, isAway)).rejects.toThrow("The queue failed");
  expect(await statuses()).toEqual({ processing: 1 });
});

test("a request of a batch that is told of twice is in the log once", async () => {
  const { sql } = database.current;
  const [made] = await sql`
    insert into public.integrations (workspace_id, kind, name, url) values (${bench.ann.workspaceId}, 'webhook', 'Hook', 'https://hook.example/') returning id`;
  const log = [{ ...delivery }, { ...delivery, sentAt: delivery.sentAt + 1 }];
  const told = JSON.stringify(
    toStoredDeliveries({ batchId: crypto.randomUUID(), integrationId: made?.id, deliveries: log }),
  );
  await sql`select private.keep_deliveries(${told}::text::jsonb)`;
  await sql`select private.keep_deliveries(${told}::text::jsonb)`;
  const kept = await sql`select from public.deliveries where integration_id = ${made?.id}`;
  expect(kept).toHaveLength(log.length);
});
