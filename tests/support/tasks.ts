import { createHash } from "node:crypto";
import type { Row } from "postgres";
import { beforeEach } from "vitest";
import { type Person, type Sql, type TestDatabase, testDatabase } from "./database.ts";

export interface Task {
  id: string;
  campaign_id: string | null;
  campaign_name: string;
  kind: string;
  status: "running" | "completed" | "failed" | "cancelled";
  total: number;
  done: number;
  message: string | null;
  error_message: string | null;
}

/** The live tables of a campaign's rows, and where they go. */
export const MOVED_TABLES = {
  companies: "archived_companies",
  contacts: "archived_contacts",
  portfolio_companies: "archived_portfolio_companies",
  research_jobs: "archived_jobs",
  research_attempts: "archived_attempts",
} as const;

/** A database for the tests of one file; before each test a new person with a new campaign. */
export function taskBench() {
  const database = testDatabase();
  const bench = {
    ann: { id: "", workspaceId: "", email: "" } satisfies Person as Person,
    campaign: "",

    get current(): TestDatabase {
      return database.current;
    },

    get sql(): Sql {
      return database.current.sql;
    },

    /** Companies with 3 contacts each, an investment for every second, and a finished research run over all of them. */
    async fill(companies: number, inCampaign?: string): Promise<void> {
      const campaign = inCampaign ?? bench.campaign;
      const { workspaceId, id: owner } = bench.ann;
      await bench.sql`
        insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, industry, tags, custom, research, research_status, owner_id, created_at, updated_at)
        select ${workspaceId}, ${campaign}, 'Cömpany ' || n, 'c' || n || '.example', 'd:c' || n, case when n % 2 = 0 then 'Robots' end,
          case when n % 3 = 0 then array['warm', 'a "quoted" tag'] else '{}' end, jsonb_build_object('n', n, 'text', E'two\nlines'), '{"name": {"value": "C"}}',
          (array['new', 'completed', 'failed'])[1 + n % 3]::public.research_status, case when n % 5 = 0 then ${owner}::uuid end,
          now() - n * interval '1 minute', now() - n * interval '1 second'
        from generate_series(1, ${companies}::int) as n`;
      await bench.sql`
        insert into public.contacts (workspace_id, campaign_id, company_id, name, title, email, dedupe_key, owner_id, created_at, updated_at)
        select c.workspace_id, c.campaign_id, c.id, 'Person ' || n, case when n = 1 then 'CEO' end, n || '@' || c.domain, 'k' || n, c.owner_id,
          c.created_at, c.updated_at
        from public.companies c, generate_series(1, 3) as n where c.campaign_id = ${campaign}`;
      await bench.sql`
        insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key, invested_on)
        select workspace_id, campaign_id, id, 'Investment', 'i', '2026-01-01' from public.companies where campaign_id = ${campaign} and industry is not null`;
      const [run] = await bench.sql`
        insert into public.research_runs (workspace_id, campaign_id, status, stages, is_fed, finished_at)
        values (${workspaceId}, ${campaign}, 'completed', '{company}', true, now()) returning id`;
      await bench.sql`
        with jobs as (
          insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage, status, finished_at)
          select c.workspace_id, ${run?.id}, c.campaign_id, c.id, 'company', 'completed', now()
          from public.companies c where c.campaign_id = ${campaign} returning *
        )
        insert into public.research_attempts (workspace_id, job_id, attempt, outcome)
        select workspace_id, id, n, case when n = 2 then 'failed' else 'retry' end from jobs, generate_series(1, 2) as n`;
    },

    /** One of the functions that give a task, as ann or somebody else. */
    call(name: string, args: unknown[], person?: Person): Promise<Task> {
      return bench.current.as(person ?? bench.ann, async (sql) => {
        const places = args.map((_, index) => `$${index + 1}`).join(", ");
        // Arguments are ids, texts and objects, which the driver sends as they are.
        const [row] = await sql.unsafe(`select public.${name}(${places}) as task`, args as never[]);
        return row?.task;
      });
    },

    /** Works on what is under way, as the clock does, until nothing is left. */
    async finish(): Promise<void> {
      for (;;) {
        const [row] =
          await bench.sql`select count(*)::int as left from public.bulk_tasks where status = 'running'`;
        if (row?.left === 0) return;
        await bench.sql`select private.work_on_tasks()`;
      }
    },

    /** One chunk of so many rows of the campaign's task. */
    async chunk(rows: number): Promise<void> {
      const [task] = await bench.sql`
        update public.bulk_tasks set chunk_rows = ${rows} where campaign_id = ${bench.campaign} and status = 'running' returning id`;
      await bench.sql`select private.work_on(${task?.id})`;
    },

    /** As the click does, without its first chunks. */
    async startArchiving(): Promise<void> {
      await bench.sql`select private.start_archiving(c, null) from public.campaigns c where id = ${bench.campaign}`;
    },
    async startRestoring(): Promise<void> {
      await bench.sql`select private.start_restoring(c, null) from public.campaigns c where id = ${bench.campaign}`;
    },
    async startDeleting(): Promise<void> {
      await bench.sql`select private.start_deletion(c, null) from public.campaigns c where id = ${bench.campaign}`;
    },

    taskOf: async (id: string): Promise<Task> => {
      const [row] = await bench.sql<Task[]>`select * from public.bulk_tasks where id = ${id}`;
      if (!row) throw new Error("the task is gone");
      return row;
    },

    stateOf: async (campaign?: string): Promise<string | undefined> => {
      const [row] =
        await bench.sql`select state from public.campaigns where id = ${campaign ?? bench.campaign}`;
      return row?.state;
    },

    /** A digest of the campaign's rows in each live table (or its archive), every column as text. */
    async fingerprint(campaign?: string, archived = false): Promise<Record<string, string>> {
      const digests: Record<string, string> = {};
      for (const [live, cold] of Object.entries(MOVED_TABLES)) {
        const table = archived ? cold : live;
        const condition =
          live === "research_attempts"
            ? `t.job_id in (select id from public.${archived ? "archived_jobs" : "research_jobs"} where campaign_id = $1)`
            : "t.campaign_id = $1";
        const rows = await bench.sql.unsafe(
          `select t::text as row from public.${table} t where ${condition} order by t.id`,
          [campaign ?? bench.campaign],
        );
        digests[live] = `${rows.length} ${createHash("md5")
          .update(rows.map((row) => row.row).join("\n"))
          .digest("hex")}`;
      }
      return digests;
    },

    counters: async (): Promise<Row | undefined> => {
      const [row] = await bench.sql`
        select company_count, contact_count, researched_count, failed_count, updated_at,
          (select jsonb_object_agg(stage || ' ' || status, jobs) from public.research_run_counters where workspace_id = c.workspace_id and jobs <> 0) as jobs
        from public.campaigns c where id = ${bench.campaign}`;
      return row;
    },
  };
  beforeEach(async () => {
    bench.ann = await bench.current.makePerson("ann");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
  });
  return bench;
}
