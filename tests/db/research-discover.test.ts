import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driftOf } from "../support/counters.ts";
import { outcomes } from "../support/lanes.ts";
import { type Batch, claimJobs, researchBench } from "../support/research.ts";
import { answerAll, CHAINED, type Listed, NUMBERED } from "../support/source.ts";

const bench = researchBench();

const companies = (page: number, count = 2): Listed[] =>
  Array.from({ length: count }, (_, n) => ({
    name: `P${page} C${n}`,
    website: `https://p${page}-c${n}.example/`,
  }));
const claim = (most = 20) => claimJobs(bench.sql, most);
/** Lets a lane be claimed that was looked through a moment ago. */
const lookAgain = () => bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`;

/** Everything that was claimed is found, and is this. */
async function done(batches: readonly Batch[], result: object): Promise<void> {
  const found = JSON.stringify(outcomes(batches, "done", { result }));
  await bench.sql`select private.complete_jobs(${found}::text::jsonb, ${batches.map(({ id }) => id)}::uuid[])`;
}

/** Reads a source to its end, and researches what it brings. */
async function walk(pages: readonly Listed[][], isNumbered: boolean, most = 20) {
  for (;;) {
    await lookAgain();
    const batches = await claim(most);
    if (batches.length === 0 && (await feed()) === 0) return;
    await answerAll(bench, batches, pages, { isNumbered });
  }
}
async function feed(): Promise<number> {
  const [row] = await bench.sql`select private.feed_runs() as fed`;
  return row?.fed;
}
const listed = () =>
  bench.sql`select name, domain, research_status from public.companies where campaign_id = ${bench.campaign} order by created_at, id`;

describe("research that begins with a source", () => {
  test("reads numbered pages 15 at once until one is empty, and researches what they name, in a campaign that was empty", async () => {
    const run = await bench.start(["discover", "company"], {}, { source: { ...NUMBERED, first_page: 0 } });
    const pageOf = ({ jobs: [job] }: Batch) => job?.page ?? 0;
    const first = (await claim()).toSorted((a, b) => pageOf(a) - pageOf(b));
    expect(first.map(pageOf)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    expect(first[0]?.jobs[0]).toMatchObject({
      stage: "discover",
      url: expect.stringMatching(/^https:\/\/fair\.example\/\?page=\d+$/),
      source: { name: "name", first_page: 0 },
    });
    const pages = Array.from({ length: 17 }, (_, n) => companies(n + 1));
    await answerAll(bench, first.slice(0, 3), pages);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "running" },
      companies_total: 6,
      stages: [{ queued: 3, processing: 12, completed: 3 }, { queued: 6 }],
    });
    await answerAll(bench, first.slice(3), pages);
    await walk(pages, true);
    const progress = await bench.progressOf(run);
    expect(progress).toMatchObject({ run: { status: "completed" }, companies_total: 34, companies_fed: 34 });
    expect(progress.stages[1]).toMatchObject({ completed: 34 });
    expect(progress.stages[0]?.completed).toBeLessThanOrEqual(17 + 15);
    const rows = await listed();
    expect(rows).toHaveLength(34);
    expect(rows[0]).toEqual({ name: "P1 C0", domain: "p1-c0.example", research_status: "completed" });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("follows the links from page to page, but not in a circle, and no further than it may", async () => {
    const pages = [companies(1), companies(2), companies(3)];
    const run = await bench.start(["discover"], {}, { source: CHAINED });
    const [first, ...others] = await claim();
    if (!first) throw new Error("the first page was not there");
    expect(others).toEqual([]);
    expect(first.jobs[0]?.url).toBe(CHAINED.url);
    await answerAll(bench, [first], pages, { isNumbered: false });
    await lookAgain();
    const second = await claim();
    expect(second[0]?.jobs[0]).toMatchObject({ page: 2, url: `${CHAINED.url}?after=1` });
    const circle = [{ ...companies(2)[0] }];
    await done(second, { companies: circle, has_more: true, next_url: `${CHAINED.url}?after=1` });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, companies_total: 3 });

    const short = await bench.start(["discover"], {}, { source: { ...CHAINED, max_pages: 2 } });
    await walk(pages, false);
    const progress = await bench.progressOf(short);
    expect(progress).toMatchObject({ run: { status: "completed" }, stages: [{ completed: 2 }] });
  });

  test("ends when a site answers with a page that was read before", async () => {
    const run = await bench.start(["discover"], {}, { source: NUMBERED });
    await walk(
      Array.from({ length: 200 }, () => companies(1)),
      true,
    );
    const progress = await bench.progressOf(run);
    expect(progress).toMatchObject({ run: { status: "completed" }, companies_total: 2 });
    expect(progress.stages[0]?.completed).toBeLessThanOrEqual(30);
  });

  test("goes on behind pages of an integration that bring nothing, as long as it says that there is more", async () => {
    const [made] =
      await bench.sql`insert into public.integrations (workspace_id, kind, name, url) values (${bench.ann.workspaceId}, 'webhook', 'Fair', 'https://a.example/') returning id`;
    const run = await bench.start(["discover"], {}, { source: NUMBERED, providers: { discover: made?.id } });
    await done(await claimJobs(bench.sql, 20, false), { companies: [], has_more: true });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "running" } });
    await lookAgain();
    expect(await claimJobs(bench.sql, 20, false)).not.toEqual([]);
  });

  test("goes on when the page that was the last is read again and is not", async () => {
    const run = await bench.start(["discover"], {}, { source: { ...NUMBERED, max_pages: 40 } });
    const first = await claim();
    await done(first, { companies: [], has_more: false });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 15 }],
    });
    const ids =
      await bench.sql`select array_agg(id) as ids from public.research_jobs where run_id = ${run} and page <= 15`;
    await bench.current.as(
      bench.ann,
      (user) => user`select public.rerun_jobs(${run}, ${ids[0]?.ids}::bigint[])`,
    );
    await lookAgain();
    const again = await claim();
    for (const batch of again)
      await done([batch], { companies: companies(batch.jobs[0]?.page ?? 0), has_more: true });
    expect((await bench.progressOf(run)).stages[0]).toMatchObject({ completed: 15, queued: 15 });
  });

  test("doubles no company that is there, and researches it unless that is done", async () => {
    await bench.addCompanies(2);
    const { sql, campaign } = bench;
    await sql`update public.companies set dedupe_key = 'd:' || domain, research_status = case when name = 'Company 1' then 'completed' else 'failed' end::public.research_status where campaign_id = ${campaign}`;
    const pages = [
      [{ domain: "c1.example" }, { name: "Two", website: "http://www.c2.example/x" }, { name: "Three" }],
    ];
    const run = await bench.start(["discover", "contacts"], {}, { source: NUMBERED });
    await walk(pages, true);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      companies_total: 2,
      stages: [{}, { stage: "contacts", completed: 2 }],
    });
    expect((await listed()).map(({ name }) => name)).toEqual(["Company 1", "Company 2", "Three"]);
    const again = await bench.start(["discover", "contacts"], {}, { source: NUMBERED, again: true });
    await walk(pages, true);
    expect(await bench.progressOf(again)).toMatchObject({ companies_total: 3 });
    expect(await driftOf(sql)).toEqual([]);
  });

  test("keeps what a page brings after a cancel, and begins nothing with it", async () => {
    const run = await bench.start(["discover", "company"], {}, { source: NUMBERED });
    const batches = await claim(1);
    await bench.call("cancel_research", run);
    await answerAll(bench, batches, [companies(1)]);
    expect(await listed()).toMatchObject([{ research_status: "new" }, { research_status: "new" }]);
    const progress = await bench.progressOf(run);
    expect(progress).toMatchObject({
      run: { status: "cancelled" },
      companies_total: 0,
      stages: [{ cancelled: 15 }, {}],
    });
  });

  test("paused, asks for no further page, and resumed goes on", async () => {
    const run = await bench.start(["discover"], {}, { source: CHAINED });
    const pages = [companies(1), companies(2)];
    const batches = await claim();
    await bench.call("pause_research", run);
    await answerAll(bench, batches, pages, { isNumbered: false });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "paused" },
      stages: [{ queued: 0, completed: 1 }],
    });
    await bench.call("resume_research", run);
    await walk(pages, false);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, companies_total: 4 });
  });

  test("asks for no more after 15 pages have failed, and goes on when they are retried", async () => {
    const run = await bench.start(["discover"], {}, { source: NUMBERED });
    const batches = await claim();
    const outcomes = batches.flatMap(({ id, jobs }) =>
      jobs.map((job) => ({
        job_id: job.id,
        batch_id: id,
        kind: "failed",
        code: "http_error",
        reason: "Status 500.",
      })),
    );
    await bench.sql`select private.complete_jobs(${JSON.stringify(outcomes)}::text::jsonb, ${batches.map(({ id }) => id)}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ failed: 15 }],
    });
    await bench.call("retry_failed_jobs", run);
    await walk(
      Array.from({ length: 20 }, (_, n) => companies(n + 1, 1)),
      true,
    );
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, companies_total: 20 });
  });

  test("shows its pages in the list of jobs", async () => {
    const run = await bench.start(["discover"], {}, { source: { ...NUMBERED, max_pages: 2 } });
    const [row] = await bench.current.as(
      bench.ann,
      (sql) => sql`select public.list_jobs(${run}, '{"stage": ["discover"]}') as page`,
    );
    expect(row?.page.rows).toMatchObject([
      { page: 2, company: null, contact: null },
      { page: 1, company_id: null },
    ]);
  });

  test.each([
    [["discover"], {}, "bad_source"],
    [["discover"], { source: { url: "ftp://a.example" } }, "bad_source"],
    [["discover"], { source: { ...NUMBERED, max_pages: 10_001 } }, "bad_source"],
    [["discover"], { source: { ...NUMBERED, first_page: 1.5 } }, "bad_source"],
    [["discover"], { source: { ...NUMBERED, secret: "x" } }, "bad_source"],
    [["discover"], { source: { url: "https://a.example" } }, "bad_source"],
    [["discover"], { source: { url: "https://a.example", format: "html", name: "h3" } }, "bad_source"],
    [["enrich"], {}, "stage_needs_integration"],
    [["sync"], {}, "stage_needs_integration"],
  ])("is refused with %j and %j", async (stages, options, code) => {
    await expect(bench.start(stages, {}, options)).rejects.toMatchObject({ hint: code });
  });

  test("is refused when its numbers are no whole ones", async () => {
    for (const numbers of ['"first_page": 1.0', '"max_pages": 10.0', '"max_pages": -1']) {
      const source = `{"url": "https://fair.example/?page={page}", "format": "json", "name": "name", ${numbers}}`;
      const start = bench.current.as(
        bench.ann,
        (user) => user`
          select public.start_research(${bench.campaign}, '{discover}', '{}', jsonb_build_object('source', ${source}::text::jsonb))`,
      );
      await expect(start).rejects.toMatchObject({ hint: "bad_source" });
    }
  });

  test("is refused for companies that were chosen: a source brings others", async () => {
    await bench.addCompanies(1);
    await expect(bench.start(["discover"], { q: "Company" }, { source: NUMBERED })).rejects.toMatchObject({
      hint: "bad_stages",
    });
  });

  test("remembers the source for the next time, also when that begins without it", async () => {
    const plan = async () =>
      (await bench.sql`select research_plan from public.campaigns where id = ${bench.campaign}`)[0]
        ?.research_plan;
    const run = await bench.start(["discover"], {}, { source: { ...NUMBERED, items: "" } });
    expect(await plan()).toMatchObject({ stages: ["discover"], source: NUMBERED });
    await bench.call("cancel_research", run);
    await bench.addCompanies(1);
    await bench.start(["company"]);
    expect(await plan()).toMatchObject({ stages: ["company"], source: NUMBERED });
  });
});

test("however a source repeats itself, every company is added once and researched once, and the run ends", async () => {
  const company = fc.nat(12).map((n) => ({ name: `Company ${n}`, website: `https://c${n}.example/` }));
  const source = fc.record({
    pages: fc.array(fc.array(company, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
    isNumbered: fc.boolean(),
    most: fc.integer({ min: 1, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(source, async ({ pages, isNumbered, most }) => {
      bench.campaign = await bench.current.makeCampaign(bench.ann);
      const run = await bench.start(
        ["discover", "company", "contacts"],
        {},
        { source: isNumbered ? NUMBERED : CHAINED },
      );
      await walk(pages, isNumbered, most);
      // A page that was there before is the end of numbered ones; some after it may have been asked for already.
      const seen = pages.map((page) => JSON.stringify(page));
      const end = isNumbered ? seen.findIndex((page, at) => seen.indexOf(page) < at) : -1;
      const read = end < 0 ? pages : pages.slice(0, end);
      const names = (await listed()).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(read.flat().map(({ name }) => name)));
      const progress = await bench.progressOf(run);
      expect(progress).toMatchObject({
        run: { status: "completed" },
        companies_total: names.length,
        stages: [{}, { completed: names.length }, { completed: names.length }],
      });
      expect(await driftOf(bench.sql)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
