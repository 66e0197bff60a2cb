import { describe, expect, test } from "vitest";
import { done, failed, researchBench } from "../support/research.ts";

const bench = researchBench();

describe("a run", () => {
  test("takes every company through its stages and ends exactly once", async () => {
    await bench.addCompanies(3);
    const run = await bench.start();
    for (let next = await bench.claim(2); next; next = await bench.claim(2))
      await bench.complete(next.lease, next.jobs.map(done));
    const progress = await bench.progressOf(run);
    expect(progress.run.status).toBe("completed");
    expect(progress.stages).toMatchObject([
      { stage: "company", completed: 3, queued: 0 },
      { stage: "contacts", completed: 3 },
    ]);
    const { sql } = bench;
    expect(await sql`select * from public.companies where campaign_id = ${bench.campaign}`).toMatchObject(
      Array.from({ length: 3 }, () => ({
        research_status: "completed",
        contact_count: 1,
        portfolio_count: 1,
        email: "hello@acme.example",
      })),
    );
    expect(
      await sql`select researched_count, contact_count from public.campaigns where id = ${bench.campaign}`,
    ).toEqual([{ researched_count: 3, contact_count: 3 }]);
  });

  test("keeps the page of every value, and never overwrites what people entered", async () => {
    await bench.addCompanies(1);
    const { sql } = bench;
    await sql`update public.companies set description = 'Typed' where campaign_id = ${bench.campaign}`;
    await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed();
    await bench.complete(lease, jobs.map(done));
    const [company] = await sql`select * from public.companies where campaign_id = ${bench.campaign}`;
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

  test("feeds what its search meant when it began, whatever comes meanwhile", async () => {
    await bench.addCompanies(700);
    const { sql } = bench;
    await sql`insert into private.lexemes (workspace_id, word) values (${bench.ann.workspaceId}, 'company')`;
    const run = await bench.start(["company"], { q: "compnay" });
    expect((await bench.progressOf(run)).companies_fed).toBe(500);
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${bench.ann.workspaceId}, ${bench.campaign}, 'Compnay Ltd', 'x')`;
    await sql`update public.research_jobs set status = 'completed' where run_id = ${run}`;
    await sql`select private.feed_runs()`;
    expect(await bench.progressOf(run)).toMatchObject({ companies_fed: 700, companies_total: 700 });
  });

  test("in a campaign that takes no writes waits, and holds up no other", async () => {
    await bench.addCompanies(2);
    await bench.start(["company"]);
    const { sql } = bench;
    await sql`update public.campaigns set state = 'archiving' where id = ${bench.campaign}`;
    expect(await bench.claim(10)).toBeNull();
    await sql`update public.campaigns set state = 'active' where id = ${bench.campaign}`;
    expect((await bench.claimed()).jobs).toHaveLength(2);
  });

  test("feeds more companies than the queue holds at once, each once", async () => {
    await bench.addCompanies(1100);
    const { sql } = bench;
    const run = await bench.start(["company"]);
    expect((await bench.progressOf(run)).companies_fed).toBe(500);
    await sql`update public.lanes set limit_now = 1000 where workspace_id = ${bench.ann.workspaceId}`;
    let rounds = 0;
    for (;;) {
      await sql`select private.feed_runs()`;
      const next = await bench.claim(1000);
      if (!next) break;
      await bench.complete(next.lease, next.jobs.map(failed));
      rounds += 1;
    }
    expect(rounds).toBe(3);
    const progress = await bench.progressOf(run);
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
    await bench.addCompanies(40);
    const run = await bench.start();
    await bench.sql`update public.lanes set limit_now = 100 where workspace_id = ${bench.ann.workspaceId}`;
    const worker = async () => {
      for (let next = await bench.claim(3); next; next = await bench.claim(3)) {
        for (const job of next.jobs) await bench.complete(next.lease, [done(job)]);
      }
    };
    while ((await bench.progressOf(run)).run.status === "running")
      await Promise.all(Array.from({ length: 8 }, worker));
    const progress = await bench.progressOf(run);
    expect(progress.stages).toMatchObject([{ completed: 40 }, { completed: 40 }]);
    const counted = await bench.sql`
      select stage, status, sum(jobs)::int as jobs from public.research_run_counters where run_id = ${run} group by 1, 2 having sum(jobs) <> 0`;
    const recounted =
      await bench.sql`select stage, status, count(*)::int as jobs from public.research_jobs where run_id = ${run} group by 1, 2`;
    expect([...counted]).toEqual(expect.arrayContaining([...recounted]));
    expect(counted).toHaveLength(recounted.length);
  });

  test("goes on while people import into and edit the same campaign, and nothing deadlocks", async () => {
    await bench.addCompanies(120);
    const run = await bench.start();
    const { sql } = bench;
    const [started] = await bench.current.as(
      bench.ann,
      (one) =>
        one`select public.start_import(${bench.campaign}, 'companies', 'a.csv', 1, 'h', '{}') as started`,
    );
    const importing = Array.from({ length: 12 }, (_, chunk) => {
      const rows = Array.from({ length: 60 }, (_, index) => ({
        website: `c${((chunk * 31 + index * 7) % 120) + 1}.example`,
        phone: `${chunk}`,
      }));
      return bench.current.as(
        bench.ann,
        (one) =>
          one`select public.import_rows(${started?.started.import.id}, ${chunk}, ${JSON.stringify(rows)}::text::jsonb)`,
      );
    });
    const editing = Array.from({ length: 20 }, (_, n) =>
      bench.current.as(
        bench.ann,
        (one) =>
          one`update public.companies set tags = ${[`t${n}`]} where campaign_id = ${bench.campaign} and dedupe_key = ${`c${n + 1}`}`,
      ),
    );
    const worker = async () => {
      for (let next = await bench.claim(7); next; next = await bench.claim(7)) {
        await bench.complete(next.lease, next.jobs.map(done));
        await sql`select private.expire_leases(), private.engine_tick()`;
      }
    };
    await Promise.all([...importing, ...editing, worker(), worker(), worker()]);
    while ((await bench.progressOf(run)).run.status === "running") {
      await sql`select private.feed_runs()`;
      await worker();
    }
    expect((await bench.progressOf(run)).run.status).toBe("completed");
  });

  test("only one at a time, and not without companies", async () => {
    await expect(bench.start()).rejects.toMatchObject({ hint: "nothing_to_research" });
    await bench.addCompanies(1);
    await bench.start();
    await expect(bench.start()).rejects.toMatchObject({ hint: "run_active" });
  });

  test("has at least one stage, and only stages that exist", async () => {
    await bench.addCompanies(1);
    for (const stages of ["{}", "{company,null}", null]) {
      await expect(
        bench.current.as(bench.ann, (sql) => sql`select public.start_research(${bench.campaign}, ${stages})`),
      ).rejects.toMatchObject({ hint: "bad_stages" });
    }
  });

  test("of a later stage covers researched companies that have no result of it yet", async () => {
    await bench.addCompanies(3);
    await bench.sql`update public.companies set research_status = 'completed' where campaign_id = ${bench.campaign}`;
    const finish = async (run: string) => {
      const { lease, jobs } = await bench.claimed();
      await bench.complete(lease, jobs.map(done));
      return bench.progressOf(run);
    };
    expect(await finish(await bench.start(["contacts"]))).toMatchObject({
      run: { status: "completed" },
      companies_total: 3,
      stages: [{ completed: 3 }],
    });
    await expect(bench.start(["contacts"])).rejects.toMatchObject({ hint: "nothing_to_research" });
    await bench.sql`
      insert into public.companies (workspace_id, campaign_id, name, dedupe_key, research_status) values (${bench.ann.workspaceId}, ${bench.campaign}, 'Later', 'later', 'completed')`;
    expect(await bench.progressOf(await bench.start(["contacts"]))).toMatchObject({ companies_total: 1 });
  });

  test("covers every company that is not researched yet, or all when asked to", async () => {
    await bench.addCompanies(3);
    await bench.sql`update public.companies set research_status = 'completed' where campaign_id = ${bench.campaign} and dedupe_key = 'c1'`;
    const totals = [];
    for (const options of ["{}", '{"again": true}']) {
      const [row] = await bench.current.as(
        bench.ann,
        (sql) =>
          sql`select public.start_research(${bench.campaign}, '{company}', '{}', ${options}::text::jsonb) as progress`,
      );
      totals.push([row?.progress.companies_total, row?.progress.companies_fed]);
      await bench.call("cancel_research", row?.progress.run.id);
    }
    expect(totals).toEqual([
      [2, 2],
      [3, 3],
    ]);
  });
});
