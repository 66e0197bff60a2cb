import { beforeEach } from "vitest";
import { connect } from "../../supabase/functions/_shared/db.ts";
import { postgresQueue, type Queue } from "../../supabase/functions/_shared/engine/queue.ts";
import { runSlice } from "../../supabase/functions/_shared/engine/slice.ts";
import type {
  JobOutcome,
  Provider,
  ProviderJob,
} from "../../supabase/functions/_shared/providers/provider.ts";
import { webSender } from "../../supabase/functions/_shared/providers/web-sender.ts";
import { type Person, testDatabase } from "./database.ts";

/** What a website researcher outside of us says of a job. */
export type Answer = (job: ProviderJob, signal?: AbortSignal) => Promise<JobOutcome>;

export const NOTHING = { industry: [], phones: [], emails: [], social: {}, portfolio: [] };
export const done: JobOutcome = { kind: "done", result: { stage: "company", value: NOTHING } };
export const usage = { cpuMs: () => 0, memoryBytes: () => 0 };

/** A campaign of its own for each test of a file, and slices of the web researcher, played by a function, that do its jobs. */
export function sliceBench() {
  const database = testDatabase();
  const bench = {
    database,
    /** Set before each test. */
    ann: {} as Person,
    campaign: "",

    async start(companies: number, stages = ["company"]): Promise<void> {
      const { sql, as } = database.current;
      await sql`update public.research_runs set status = 'cancelled'`;
      await sql`
        insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
        select ${bench.ann.workspaceId}, ${bench.campaign}, 'Company ' || n, 'c' || n from generate_series(1, ${companies}::int) as n`;
      await as(
        bench.ann,
        (user) => user`select public.start_research(${bench.campaign}, ${stages}::public.research_stage[])`,
      );
    },

    /** One slice. `watched` gets between it and its queue. */
    async slice(answer: Answer, options = {}, watched = (queue: Queue) => queue) {
      const db = connect(database.current.url);
      try {
        const senders = [webSender(provider(answer))];
        return await runSlice({ queue: watched(postgresQueue(db)), senders, usage, ...options });
      } finally {
        await db.end({ timeout: 1 }); // it waits without end for a connection that the server has ended
      }
    },

    /** How many jobs of the campaign are in which status. */
    async statuses(): Promise<Record<string, number>> {
      const rows = await database.current.sql`
        select status, count(*)::int as n from public.research_jobs where campaign_id = ${bench.campaign} group by 1 order by 1`;
      return Object.fromEntries(rows.map((row) => [row.status, row.n]));
    },
  };

  beforeEach(async () => {
    bench.ann = await database.current.makePerson("ann");
    bench.campaign = await database.current.makeCampaign(bench.ann);
  });
  return bench;
}

function provider(answer: Answer): Provider {
  return {
    name: "web",
    async send(jobs, signal) {
      return new Map(
        await Promise.all(jobs.map(async (job) => [job.id, await answer(job, signal)] as const)),
      );
    },
  };
}
