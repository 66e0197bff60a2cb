import { describe, expect, test } from "vitest";
import { done, researchBench } from "../support/research.ts";

const bench = researchBench();

describe("control", () => {
  test("paused, nothing is claimed but what is under way arrives; resumed, it goes on", async () => {
    await bench.addCompanies(2);
    const run = await bench.start(["company"]);
    const first = await bench.claimed(1);
    expect((await bench.call("pause_research", run)).run.status).toBe("paused");
    expect(await bench.claim()).toBeNull();
    await bench.complete(first.lease, first.jobs.map(done));
    await bench.call("resume_research", run);
    const second = await bench.claimed();
    await bench.complete(second.lease, second.jobs.map(done));
    expect((await bench.progressOf(run)).run.status).toBe("completed");
  });

  test("a run whose last job finishes while it is paused ends when it is resumed", async () => {
    await bench.addCompanies(1);
    const run = await bench.start(["company"]);
    const first = await bench.claimed();
    await bench.call("pause_research", run);
    await bench.complete(first.lease, first.jobs.map(done));
    expect((await bench.call("resume_research", run)).run.status).toBe("completed");
  });

  test.each([
    { stages: ["company"], late: "completed" },
    // Its contacts are still to be found.
    { stages: ["company", "contacts"], late: "new" },
  ])(
    "$stages cancelled, queued jobs end; a result that was on its way is kept and starts nothing new",
    async ({ stages, late }) => {
      await bench.addCompanies(3);
      const run = await bench.start(stages);
      const first = await bench.claimed(1);
      const progress = await bench.call("cancel_research", run);
      expect(progress).toMatchObject({
        run: { status: "cancelled" },
        stages: [{ cancelled: 3 }, { queued: 0 }].slice(0, stages.length),
      });
      await bench.complete(first.lease, first.jobs.map(done));
      expect((await bench.progressOf(run)).stages[0]).toMatchObject({ cancelled: 3 });
      const companies =
        await bench.sql`select research_status from public.companies where campaign_id = ${bench.campaign} order by created_at`;
      expect(companies.map((row) => row.research_status)).toEqual([late, "new", "new"]);
      expect(await bench.claim()).toBeNull();
    },
  );

  test("workspaces take turns", async () => {
    await bench.addCompanies(30);
    await bench.start(["company"]);
    const annsCampaign = bench.campaign;
    bench.ann = await bench.current.makePerson("second");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(30);
    await bench.start(["company"]);
    const first = await bench.claimed(5);
    const second = await bench.claimed(5);
    const owners = await bench.sql`
      select distinct campaign_id from public.research_jobs where id = any (${[...first.jobs, ...second.jobs].map((job) => job.id)})`;
    expect(new Set(owners.map((row) => row.campaign_id))).toEqual(new Set([annsCampaign, bench.campaign]));
  });

  test("for others the run does not exist, and a viewer only looks", async () => {
    await bench.addCompanies(1);
    const run = await bench.start();
    const viewer = await bench.current.makePerson("viewer");
    await bench.current.addMember(bench.ann.workspaceId, viewer, "viewer");
    bench.ann = viewer;
    expect((await bench.progressOf(run)).run.id).toBe(run);
    await expect(bench.call("cancel_research", run)).rejects.toMatchObject({ hint: "forbidden" });
    bench.ann = await bench.current.makePerson("bob");
    for (const name of [
      "research_progress",
      "pause_research",
      "resume_research",
      "cancel_research",
      "retry_failed_jobs",
    ]) {
      await expect(bench.call(name, run)).rejects.toMatchObject({ hint: "not_found" });
    }
  });
});
