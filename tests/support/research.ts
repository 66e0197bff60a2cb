import type { TransactionSql } from "postgres";
import { beforeEach } from "vitest";
import { type ClaimedBatch, jobsOf } from "../../supabase/functions/_shared/engine/claimed-jobs.ts";
import { type Person, type Sql, testDatabase } from "./database.ts";

export interface ClaimedJob {
  id: number;
  stage: string;
  company_id: string;
  name: string;
  attempt: number;
  /** Of a page. */
  page?: number;
  url?: string;
  /** Of a contact. */
  contact?: { contact_id: string; name: string; email: string | null };
}

/** What is said of a job, as complete_jobs takes it. */
export interface Outcome {
  job_id: number | undefined;
  kind: string;
  [detail: string]: unknown;
}

export interface Batch {
  id: string;
  jobs: ClaimedJob[];
}

export interface Claim {
  /** The batch of each job, by the job's id. */
  lease: Map<number, string>;
  jobs: ClaimedJob[];
}

/** Claims for one run as the dispatcher does: of the web researcher, or of integrations. */
export async function claimJobs(sql: Sql | TransactionSql, most = 10, isWeb = true): Promise<Batch[]> {
  const [row] = await sql<{ claim: { batches: ClaimedBatch[] } | null }[]>`
    select private.claim_jobs(${isWeb}, ${most}, 60) as claim`;
  return batchesOf(row?.claim?.batches);
}

/** Batches as claims give them, with their jobs as rows. */
export function batchesOf(claimed: readonly ClaimedBatch[] = []): Batch[] {
  return claimed.map((batch) => ({ id: batch.id, jobs: jobsOf(batch) as ClaimedJob[] })); // tests know of which stage they are
}

export interface Progress {
  run: { id: string; status: string; finished_at: string | null };
  stages: {
    stage: string;
    queued: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
  }[];
  eta_seconds: number | null;
  rate_per_minute: number;
  companies_fed: number;
  companies_total: number;
  failures: { error_code: string; error_message: string; count: number }[];
}

export const COMPANY = {
  name: { value: "Acme Inc", source: "https://acme.example/" },
  description: { value: "Robots", source: "https://acme.example/about" },
  industry: [{ value: "robotics", source: "https://acme.example/" }],
  phones: [],
  emails: [{ value: "hello@acme.example", source: "https://acme.example/contact" }],
  social: { linkedin: { value: "https://www.linkedin.com/company/acme", source: "https://acme.example/" } },
  portfolio: [{ name: "Beta", domain: "beta.example", source: "https://acme.example/portfolio" }],
};
export const PEOPLE = { contacts: [{ name: "Jane Doe", title: "CEO", source: "https://acme.example/team" }] };

/** What a worker answers for a job. */
export const done = (job: { id: number; stage: string }) => ({
  job_id: job.id,
  kind: "done",
  result: job.stage === "company" ? COMPANY : PEOPLE,
});
export const failed = (job: { id: number }) => ({
  job_id: job.id,
  kind: "failed",
  code: "no_website",
  reason: "This company has no website.",
});

/** A database for the tests of one file; before each test a new person with a new campaign, and no run under way. */
export function researchBench() {
  const database = testDatabase();
  const bench = {
    ann: { id: "", workspaceId: "", email: "" } satisfies Person as Person,
    campaign: "",

    get current() {
      return database.current;
    },

    get sql() {
      return database.current.sql;
    },

    /** Companies "Company 1", "Company 2", … in this order. */
    async addCompanies(count: number): Promise<void> {
      await bench.sql`
        insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, created_at)
        select ${bench.ann.workspaceId}, ${bench.campaign}, 'Company ' || n, 'c' || n || '.example', 'c' || n, now() + n * interval '1 microsecond'
        from generate_series(1, ${count}::int) as n`;
    },

    /** One of the functions that take a run and give its progress, as ann. */
    call(name: string, run: string): Promise<Progress> {
      return bench.current.as(bench.ann, async (sql) => {
        const [row] = await sql.unsafe(`select public.${name}($1) as progress`, [run]);
        return row?.progress;
      });
    },

    progressOf: (run: string): Promise<Progress> => bench.call("research_progress", run),

    async start(
      stages = ["company", "contacts"],
      filter: object = {},
      options: object = {},
      list: string | null = "companies",
    ): Promise<string> {
      const progress = await bench.current.as(bench.ann, async (sql) => {
        const [row] = await sql`
          select public.start_research(${bench.campaign}, ${stages}::public.research_stage[], ${JSON.stringify(filter)}::text::jsonb, ${JSON.stringify(options)}::text::jsonb, ${list}) as progress`;
        return row?.progress as Progress; // start_research gives progress
      });
      return progress.run.id;
    },

    async claim(most = 10): Promise<Claim | null> {
      const batches = await claimJobs(bench.sql, most);
      if (batches.length === 0) return null;
      return {
        lease: new Map(batches.flatMap(({ id, jobs }) => jobs.map((job) => [job.id, id]))),
        jobs: batches.flatMap(({ jobs }) => jobs).sort((a, b) => a.id - b.id),
      };
    },

    /** Lets everything in the queue be claimed now. */
    async makeReady(run: string): Promise<void> {
      await bench.sql`update public.research_jobs set run_after = now() where run_id = ${run} and status = 'queued'`;
      await bench.sql`update private.queue set ready_at = (select j.run_after from public.research_jobs j where j.id = job_id) where run_id = ${run}`;
    },

    /** Lets the run have begun long enough ago for its pace to be known. */
    async age(run: string): Promise<void> {
      await bench.sql`update public.research_runs set created_at = created_at - interval '30 seconds' where id = ${run}`;
    },

    async claimed(most?: number): Promise<Claim> {
      const found = await bench.claim(most);
      if (!found) throw new Error("there was nothing to claim");
      return found;
    },

    /** Completes jobs of a claim, as the worker that claimed them. */
    async complete(lease: Claim["lease"], outcomes: Outcome[]) {
      const batched = outcomes.map((outcome) => ({ ...outcome, batch_id: lease.get(outcome.job_id ?? 0) }));
      const answered = batched.flatMap(({ batch_id }) => batch_id ?? []);
      const [row] = await bench.sql`
        select private.complete_jobs(${JSON.stringify(batched)}::text::jsonb, ${answered}::uuid[]) as counts`;
      return row?.counts;
    },
  };
  beforeEach(async () => {
    await bench.sql`update public.research_runs set status = 'cancelled' where status in ('running', 'paused')`;
    await bench.sql`delete from private.research_cache`; // companies have the same names in every test
    bench.ann = await bench.current.makePerson("ann");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
  });
  return bench;
}
