import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

interface Claim {
  lease: string;
  jobs: { id: number; stage: string; company_id: string; name: string; attempt: number }[];
}

interface Progress {
  run: { id: string; status: string; finished_at: string | null };
  stages: {
    stage: string;
    queued: number;
    processing: number;
    completed: number;
    failed: number;
    cancelled: number;
  }[];
  companies_fed: number;
  companies_total: number;
  failures: { error_code: string; error_message: string; count: number }[];
}

const COMPANY = {
  name: { value: "Acme Inc", source: "https://acme.example/" },
  description: { value: "Robots", source: "https://acme.example/about" },
  industry: [{ value: "robotics", source: "https://acme.example/" }],
  phones: [],
  emails: [{ value: "hello@acme.example", source: "https://acme.example/contact" }],
  social: { linkedin: { value: "https://www.linkedin.com/company/acme", source: "https://acme.example/" } },
  portfolio: [{ name: "Beta", domain: "beta.example", source: "https://acme.example/portfolio" }],
};
const PEOPLE = { contacts: [{ name: "Jane Doe", title: "CEO", source: "https://acme.example/team" }] };

const database = testDatabase();
let ann: Person;
let campaign: string;

beforeEach(async () => {
  const { sql } = database.current;
  await sql`update public.research_runs set status = 'cancelled' where status in ('running', 'paused')`;
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
});

async function addCompanies(count: number): Promise<void> {
  await database.current.sql`
    insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, created_at)
    select ${ann.workspaceId}, ${campaign}, 'Company ' || n, 'c' || n || '.example', 'c' || n, now() + n * interval '1 microsecond'
    from generate_series(1, ${count}::int) as n`;
}

function call(name: string, run: string): Promise<Progress> {
  return database.current.as(ann, async (sql) => {
    const [row] = await sql.unsafe(`select public.${name}($1) as progress`, [run]);
    return row?.progress;
  });
}

async function claim(most = 10): Promise<Claim | null> {
  const [row] = await database.current.sql<
    { claim: Claim | null }[]
  >`select private.claim_jobs('web', ${most}, 60) as claim`;
  return row?.claim ?? null;
}

async function complete(lease: string, outcomes: object[]) {
  const leased = JSON.stringify(outcomes.map((outcome) => ({ ...outcome, lease })));
  const [row] = await database.current.sql`select private.complete_jobs(${leased}::text::jsonb) as counts`;
  return row?.counts;
}

const done = (job: { id: number; stage: string }) => ({
  job_id: job.id,
  kind: "done",
  result: job.stage === "company" ? COMPANY : PEOPLE,
});
const failed = (job: { id: number }) => ({
  job_id: job.id,
  kind: "failed",
  code: "no_website",
  reason: "This company has no website.",
});

async function start(stages = ["company", "contacts"]): Promise<string> {
  const progress = await database.current.as(ann, async (sql) => {
    const [row] =
      await sql`select public.start_research(${campaign}, ${stages}::public.research_stage[]) as progress`;
    return row?.progress as Progress;
  });
  return progress.run.id;
}

const progressOf = (run: string) => call("research_progress", run);

async function claimed(most?: number): Promise<Claim> {
  const found = await claim(most);
  if (!found) throw new Error("there was nothing to claim");
  return found;
}

describe("a run", () => {
  test("takes every company through its stages and ends exactly once", async () => {
    await addCompanies(3);
    const run = await start();
    for (let next = await claim(2); next; next = await claim(2))
      await complete(next.lease, next.jobs.map(done));
    const progress = await progressOf(run);
    expect(progress.run.status).toBe("completed");
    expect(progress.stages).toMatchObject([
      { stage: "company", completed: 3, queued: 0 },
      { stage: "contacts", completed: 3 },
    ]);
    const { sql } = database.current;
    expect(await sql`select * from public.companies where campaign_id = ${campaign}`).toMatchObject(
      Array.from({ length: 3 }, () => ({
        research_status: "completed",
        contact_count: 1,
        portfolio_count: 1,
        email: "hello@acme.example",
      })),
    );
    expect(
      await sql`select researched_count, contact_count from public.campaigns where id = ${campaign}`,
    ).toEqual([{ researched_count: 3, contact_count: 3 }]);
  });

  test("keeps the page of every value, and never overwrites what people entered", async () => {
    await addCompanies(1);
    const { sql } = database.current;
    await sql`update public.companies set description = 'Typed' where campaign_id = ${campaign}`;
    await start(["company"]);
    const { lease, jobs } = await claimed();
    await complete(lease, jobs.map(done));
    const [company] = await sql`select * from public.companies where campaign_id = ${campaign}`;
    expect(company).toMatchObject({
      name: "Company 1",
      description: "Typed",
      industry: "robotics",
      research: {
        description: { value: "Robots", source: "https://acme.example/about" },
        emails: { value: ["hello@acme.example"], source: "https://acme.example/contact" },
        social: { value: { linkedin: "https://www.linkedin.com/company/acme" } },
      },
    });
  });

  test("feeds more companies than the queue holds at once, each once", async () => {
    await addCompanies(1100);
    const { sql } = database.current;
    const run = await start(["company"]);
    expect((await progressOf(run)).companies_fed).toBe(500);
    await sql`update public.lanes set max_in_flight = 1000 where workspace_id = ${ann.workspaceId}`;
    let rounds = 0;
    for (;;) {
      await sql`select private.feed_runs()`;
      const next = await claim(1000);
      if (!next) break;
      await complete(next.lease, next.jobs.map(failed));
      rounds += 1;
    }
    expect(rounds).toBe(3);
    const progress = await progressOf(run);
    expect(progress).toMatchObject({
      companies_fed: 1100,
      companies_total: 1100,
      run: { status: "completed" },
    });
    expect(progress.failures).toEqual([
      { error_code: "no_website", error_message: "This company has no website.", count: 1100 },
    ]);
  });

  test("two last jobs that finish together end it once, and nothing deadlocks", async () => {
    await addCompanies(40);
    const run = await start();
    await database.current
      .sql`update public.lanes set max_in_flight = 100 where workspace_id = ${ann.workspaceId}`;
    const worker = async () => {
      for (let next = await claim(3); next; next = await claim(3)) {
        for (const job of next.jobs) await complete(next.lease, [done(job)]);
      }
    };
    while ((await progressOf(run)).run.status === "running")
      await Promise.all(Array.from({ length: 8 }, worker));
    const progress = await progressOf(run);
    expect(progress.stages).toMatchObject([{ completed: 40 }, { completed: 40 }]);
    const counted = await database.current.sql`
      select stage, status, sum(jobs)::int as jobs from public.research_run_counters where run_id = ${run} group by 1, 2 having sum(jobs) <> 0`;
    const recounted = await database.current
      .sql`select stage, status, count(*)::int as jobs from public.research_jobs where run_id = ${run} group by 1, 2`;
    expect([...counted]).toEqual(expect.arrayContaining([...recounted]));
    expect(counted).toHaveLength(recounted.length);
  });

  test("goes on while people import into and edit the same campaign, and nothing deadlocks", async () => {
    await addCompanies(120);
    const run = await start();
    const { sql } = database.current;
    const [started] = await database.current.as(
      ann,
      (one) => one`select public.start_import(${campaign}, 'companies', 'a.csv', 1, 'h', '{}') as started`,
    );
    const importing = Array.from({ length: 12 }, (_, chunk) => {
      const rows = Array.from({ length: 60 }, (_, index) => ({
        website: `c${((chunk * 31 + index * 7) % 120) + 1}.example`,
        phone: `${chunk}`,
      }));
      return database.current.as(
        ann,
        (one) =>
          one`select public.import_rows(${started?.started.import.id}, ${chunk}, ${JSON.stringify(rows)}::text::jsonb)`,
      );
    });
    const editing = Array.from({ length: 20 }, (_, n) =>
      database.current.as(
        ann,
        (one) =>
          one`update public.companies set tags = ${[`t${n}`]} where campaign_id = ${campaign} and dedupe_key = ${`c${n + 1}`}`,
      ),
    );
    const worker = async () => {
      for (let next = await claim(7); next; next = await claim(7)) {
        await complete(next.lease, next.jobs.map(done));
        await sql`select private.engine_tick()`;
      }
    };
    await Promise.all([...importing, ...editing, worker(), worker(), worker()]);
    while ((await progressOf(run)).run.status === "running") {
      await sql`select private.feed_runs()`;
      await worker();
    }
    expect((await progressOf(run)).run.status).toBe("completed");
  });

  test("only one at a time, and not without companies", async () => {
    await expect(start()).rejects.toMatchObject({ hint: "nothing_to_research" });
    await addCompanies(1);
    await start();
    await expect(start()).rejects.toMatchObject({ hint: "run_active" });
  });
});

describe("what goes wrong", () => {
  test("a retry waits and comes back with one more attempt; after five it is a dead letter that says why", async () => {
    await addCompanies(1);
    const run = await start(["company"]);
    const retry = { kind: "retry", code: "timeout", reason: "The site did not answer." };
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { lease, jobs } = await claimed();
      expect(jobs[0]?.attempt).toBe(attempt);
      await complete(lease, [{ job_id: jobs[0]?.id, ...retry, after_ms: 60_000 }]);
      if (attempt === 1) {
        const [job] = await database.current
          .sql`select run_after - now() > interval '50 seconds' as waits from public.research_jobs where run_id = ${run}`;
        expect(job).toEqual({ waits: true });
      }
      await database.current
        .sql`update public.research_jobs set run_after = now() where run_id = ${run} and status = 'queued'`;
    }
    expect((await progressOf(run)).failures).toMatchObject([{ error_code: "timeout", count: 1 }]);
    expect(
      await database.current
        .sql`select research_status from public.companies where campaign_id = ${campaign}`,
    ).toEqual([{ research_status: "failed" }]);
  });

  test("a worker that died loses its lease; its late result still counts, once", async () => {
    await addCompanies(1);
    const run = await start(["company"]);
    const dead = await claimed();
    await database.current
      .sql`update public.research_jobs set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await database.current.sql`select private.engine_tick()`;
    await database.current.sql`update public.research_jobs set run_after = now() where run_id = ${run}`;
    const second = await claimed();
    expect(second.jobs[0]).toMatchObject({ id: dead.jobs[0]?.id, attempt: 2 });
    expect(await complete(dead.lease, dead.jobs.map(failed))).toMatchObject({ ignored: 1 });
    expect(await complete(dead.lease, dead.jobs.map(done))).toMatchObject({ completed: 1 });
    expect(await complete(second.lease, second.jobs.map(done))).toMatchObject({ completed: 0, ignored: 1 });
    expect((await progressOf(run)).run.status).toBe("completed");
  });

  test("work that a slice hands back costs no attempt", async () => {
    await addCompanies(1);
    await start();
    const first = await claimed();
    await complete(first.lease, [
      { job_id: first.jobs[0]?.id, kind: "retry", code: "slice_over", reason: "The slice ended." },
    ]);
    expect((await claimed()).jobs[0]?.attempt).toBe(1);
  });

  test("failed jobs can be retried and the run goes on", async () => {
    await addCompanies(2);
    const run = await start(["company"]);
    const { lease, jobs } = await claimed();
    await complete(lease, jobs.map(failed));
    expect((await progressOf(run)).run.status).toBe("completed");
    expect((await call("retry_failed_jobs", run)).run.status).toBe("running");
    const again = await claimed();
    await complete(again.lease, again.jobs.map(done));
    expect(await progressOf(run)).toMatchObject({
      run: { status: "completed" },
      failures: [],
      stages: [{ completed: 2, failed: 0 }],
    });
  });
});

describe("control", () => {
  test("paused, nothing is claimed but what is under way arrives; resumed, it goes on", async () => {
    await addCompanies(2);
    const run = await start(["company"]);
    const first = await claimed(1);
    expect((await call("pause_research", run)).run.status).toBe("paused");
    expect(await claim()).toBeNull();
    await complete(first.lease, first.jobs.map(done));
    await call("resume_research", run);
    const second = await claimed();
    await complete(second.lease, second.jobs.map(done));
    expect((await progressOf(run)).run.status).toBe("completed");
  });

  test("a run whose last job finishes while it is paused ends when it is resumed", async () => {
    await addCompanies(1);
    const run = await start(["company"]);
    const first = await claimed();
    await call("pause_research", run);
    await complete(first.lease, first.jobs.map(done));
    expect((await call("resume_research", run)).run.status).toBe("completed");
  });

  test("cancelled, queued jobs end; a result that was on its way is kept and starts nothing new", async () => {
    await addCompanies(3);
    const run = await start();
    const first = await claimed(1);
    const progress = await call("cancel_research", run);
    expect(progress).toMatchObject({
      run: { status: "cancelled" },
      stages: [{ cancelled: 3 }, { queued: 0 }],
    });
    await complete(first.lease, first.jobs.map(done));
    expect((await progressOf(run)).stages).toMatchObject([{ cancelled: 3 }, { queued: 0 }]);
    const companies = await database.current
      .sql`select research_status from public.companies where campaign_id = ${campaign} order by created_at`;
    expect(companies.map((row) => row.research_status)).toEqual(["completed", "new", "new"]);
    expect(await claim()).toBeNull();
  });

  test("workspaces take turns", async () => {
    await addCompanies(30);
    await start(["company"]);
    const annsCampaign = campaign;
    ann = await database.current.makePerson("second");
    campaign = await database.current.makeCampaign(ann);
    await addCompanies(30);
    await start(["company"]);
    const first = await claimed(5);
    const second = await claimed(5);
    const owners = await database.current.sql`
      select distinct campaign_id from public.research_jobs where id = any (${[...first.jobs, ...second.jobs].map((job) => job.id)})`;
    expect(new Set(owners.map((row) => row.campaign_id))).toEqual(new Set([annsCampaign, campaign]));
  });

  test("for others the run does not exist, and a viewer only looks", async () => {
    await addCompanies(1);
    const run = await start();
    const viewer = await database.current.makePerson("viewer");
    await database.current.addMember(ann.workspaceId, viewer, "viewer");
    ann = viewer;
    expect((await progressOf(run)).run.id).toBe(run);
    await expect(call("cancel_research", run)).rejects.toMatchObject({ hint: "forbidden" });
    ann = await database.current.makePerson("bob");
    for (const name of [
      "research_progress",
      "pause_research",
      "resume_research",
      "cancel_research",
      "retry_failed_jobs",
    ]) {
      await expect(call(name, run)).rejects.toMatchObject({ hint: "not_found" });
    }
  });
});
