// @vitest-environment jsdom
import type { Progress, ResearchRun, RunCounter } from "@contracts";
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { progressOptions } from "./queries";
import ResearchPage from "./ResearchPage";
import { RunProgressBar } from "./RunProgressBar";
import { clay, progress, run, showResearch } from "./research-fixture";

const none = { queued: 0, processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };
const done: ResearchRun = { ...run, status: "completed", finished_at: "2026-01-02T00:01:00Z" };

let runs: (ResearchRun & { research_run_counters: RunCounter[] })[] = [];
let open: Progress = progress;
const { asked, isHeard, tell } = testSupabase(({ path, query }) => {
  if (path === "/rest/v1/research_runs") return Response.json(query.has("status") ? [] : runs);
  if (path === "/rest/v1/rpc/research_progress") return Response.json(open);
  if (path === "/rest/v1/integrations") return Response.json([{ ...clay, cost_per_job: 1 }]);
  if (path === "/rest/v1/rpc/engine_status") return Response.json(progress.engine);
  if (path === "/rest/v1/rpc/list_jobs")
    return Response.json({ rows: [], next_cursor: null, prev_cursor: null, total: 0 });
  return Response.json([]);
});

beforeEach(() => {
  open = { ...progress, stages: [{ ...none, stage: "company", queued: 20 }] };
  runs = [
    { ...run, research_run_counters: [] },
    { ...done, id: "some", research_run_counters: counters({ completed: [20, -3], failed: [1, 2] }) },
    { ...done, id: "none", research_run_counters: counters({ failed: [4], completed: [1, -1] }) },
    { ...done, id: "all", research_run_counters: counters({ completed: [20], failed: [1, -1] }) },
  ];
});

/** Counters as they are kept: some parts of the number of each status. */
function counters(parts: Partial<Record<RunCounter["status"], number[]>>): RunCounter[] {
  return Object.entries(parts).flatMap(([status, numbers]) =>
    // Object.entries forgets what the keys are.
    numbers.map((jobs) => ({ status: status as RunCounter["status"], jobs })),
  );
}

/** The list of a campaign's research, where it is kept current. */
async function showList() {
  const shown = showResearch(
    <>
      <RunProgressBar campaignId="c" />
      <ResearchPage />
    </>,
  );
  await screen.findByRole("heading", { name: "All research of this campaign" });
  await screen.findByRole("heading", { name: /^20 companies/ });
  await waitFor(() => expect(isHeard("campaign:c")).toBe(true));
  const links = () => screen.getAllByRole<HTMLAnchorElement>("link");
  const runLinks = () => links().filter(({ pathname }) => pathname.startsWith("/c/c/research/"));
  return { ...shown, looks: () => runLinks().map((link) => link.lastElementChild?.textContent) };
}

test("a run in the list is done, done but for what failed, or has failed as a whole", async () => {
  const { looks } = await showList();
  expect(looks()).toEqual(["Running", "Done, 3 failed", "Failed", "Done"]);
  const [read] = asked.filter(({ path, query }) => path === "/rest/v1/research_runs" && !query.has("status"));
  expect(read?.query.get("research_run_counters.status")).toBe("in.(completed,failed,cancelled)");
});

test("a run that ends while it is looked at tells in the list what failed", async () => {
  const { looks } = await showList();
  open = { ...open, run: done, stages: [{ ...none, stage: "company", completed: 18, failed: 2 }] };
  runs = runs.with(0, { ...done, research_run_counters: counters({ completed: [18], failed: [2] }) });
  tell("run:r", { table: "research_runs", operation: "update", ids: ["r"] });
  tell("campaign:c", { table: "research_runs", operation: "update", ids: ["r"] });
  await waitFor(() => expect(looks()[0]).toBe("Done, 2 failed"));
  expect(screen.getByRole("heading", { name: /^20 companies ?Done, 2 failed$/ })).toBeDefined();
});

test("another run that ends tells in the list what failed", async () => {
  const { looks } = await showList();
  runs = runs.with(1, { ...done, id: "some", research_run_counters: counters({ failed: [20] }) });
  tell("campaign:c", { table: "research_runs", operation: "update", ids: ["some"] });
  await waitFor(() => expect(looks()[1]).toBe("Failed"));
});

test("a result that comes after the open run has ended is told by the list, which is not read again", async () => {
  open = { ...open, run: done, stages: [{ ...none, stage: "company", completed: 18, failed: 2 }] };
  runs = runs.with(0, { ...done, research_run_counters: counters({ completed: [18], failed: [2] }) });
  const { client, looks } = await showList();
  await waitFor(() => expect(looks()[0]).toBe("Done, 2 failed"));
  const reads = () => asked.filter(({ path }) => path === "/rest/v1/research_runs").length;
  const before = reads();
  client.setQueryData(progressOptions("r").queryKey, {
    ...open,
    stages: [{ ...none, stage: "company", completed: 19, failed: 1 }],
  });
  await waitFor(() => expect(looks()[0]).toBe("Done, 1 failed"));
  expect(reads()).toBe(before);
});

test("the open run is stopped by its cap in the list as on its page", async () => {
  open = {
    ...open,
    run: { ...run, stages: ["company"], spend_cap: 5 },
    providers: { company: "clay" },
    spent: 5,
  };
  const { looks } = await showList();
  await waitFor(() => expect(looks()[0]).toBe("Stopped by its cap"));
  expect(screen.getByRole("heading", { name: /^20 companies ?Stopped by its cap$/ })).toBeDefined();
});
