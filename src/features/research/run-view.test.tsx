// @vitest-environment jsdom
import type { Progress, ResearchJob } from "@contracts";
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { progressOptions } from "./queries";
import { RunView } from "./RunView";
import { clay, job, progress, showResearch } from "./research-fixture";

const jobs: ResearchJob[] = [
  {
    ...job,
    id: 3,
    company: { id: "c3", name: "Closed door", domain: null },
    status: "failed",
    error_code: "http_403",
  },
  {
    ...job,
    id: 2,
    company: { id: "c2", name: "Nobody home", domain: null },
    status: "failed",
    error_code: "http_404",
  },
  { ...job, id: 1, company: { id: "c1", name: "Found", domain: null } },
];
const failures = [
  { error_code: "http_403", error_message: "The site refuses us.", count: 2 },
  { error_code: "http_404", error_message: "There is no such page.", count: 1 },
];

function page(body: string) {
  const { filter } = JSON.parse(body);
  const rows = jobs.filter(
    ({ status, error_code }) =>
      (filter.status?.includes(status) ?? true) && (filter.error_code ?? error_code) === error_code,
  );
  return { rows, next_cursor: null, prev_cursor: null, total: rows.length, total_is_capped: false };
}

const paid = { ...clay, cost_per_job: 0.02 };
let shown: Progress = progress;
let lanes: { integration_id: string | null; held_until: string }[] = [];
/** What is asked of the run. */
let calls: { name: string; body: unknown }[] = [];
testSupabase(({ path, body }) => {
  const name = path.replace("/rest/v1/rpc/", "");
  if (["set_spend_cap", "retry_failed_jobs", "resume_research"].includes(name)) {
    calls.push({ name, body: JSON.parse(body) });
    return Response.json(shown);
  }
  if (path === "/rest/v1/integrations") return Response.json([paid]);
  if (path === "/rest/v1/rpc/list_jobs") return Response.json(page(body));
  if (path === "/rest/v1/rpc/research_progress") return Response.json(shown);
  if (path === "/rest/v1/lanes") return Response.json(lanes);
  return Response.json([]);
});

beforeEach(() => {
  shown = { ...progress, failures };
  lanes = [];
  calls = [];
});

test("a reason leads to the jobs that failed for it, and back to all", async () => {
  const { user, router } = showResearch(<RunView runId="r" />);
  const address = () => router.state.location.search;
  await screen.findByText("Found");
  await user.click(screen.getByRole("button", { name: /^Show jobs.*There is no such page/ }));
  await waitFor(() => expect(screen.queryByText("Closed door")).toBeNull());
  expect(screen.getByText("Nobody home")).toBeDefined();
  expect(screen.queryByText("Found")).toBeNull();
  expect(address()).toBe("?jobs=failed&code=http_404");
  expect(screen.getByText(/^Only those that failed for one reason/)).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Jobs" }));
  await user.click(screen.getByRole("button", { name: "Show all jobs" }));
  expect(await screen.findByText("Found")).toBeDefined();
  expect(address()).toBe("");
});

test("choosing by state again lets go of the reason", async () => {
  const { user, router } = showResearch(<RunView runId="r" />, "?jobs=failed&code=http_403");
  await screen.findByText("Closed door");
  expect(screen.queryByText("Nobody home")).toBeNull();
  await user.click(screen.getByRole("combobox", { name: "Which jobs are shown" }));
  await user.click(await screen.findByRole("option", { name: "Done" }));
  expect(await screen.findByText("Found")).toBeDefined();
  expect(router.state.location.search).toBe("?jobs=completed");
});

test("a stage whose integration may not be sent to for now says when it is, by the server's clock", async () => {
  const none = { processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };
  const stages: Progress["stages"] = [
    { ...none, stage: "company", queued: 5 },
    { ...none, stage: "contacts", queued: 5 },
  ];
  shown = { ...progress, stages, providers: { company: "clay", contacts: "n8n" } };
  lanes = [
    { integration_id: "clay", held_until: new Date(Date.parse(progress.at) + 3_540_000).toISOString() },
    { integration_id: "n8n", held_until: "-infinity" },
    { integration_id: null, held_until: "-infinity" },
  ];
  showResearch(<RunView runId="r" />);
  expect((await screen.findByText(/next try in 59 min/)).parentElement?.textContent).toContain("5 queued");
  expect(screen.getAllByText(/next try/)).toHaveLength(1);
});

test("a stage that had nothing to do says so when the run has ended, not before", async () => {
  const none = { queued: 0, processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };
  const stages: Progress["stages"] = [
    { ...none, stage: "financials", completed: 4, failed: 1 },
    { ...none, stage: "contacts" },
  ];
  shown = { ...progress, stages, companies_total: 0 };
  const { client } = showResearch(<RunView runId="r" />);
  await screen.findByText("5 of 5 · 100%");
  expect(screen.queryByText("Nothing to do")).toBeNull();
  client.setQueryData(progressOptions("r").queryKey, {
    ...shown,
    run: { ...progress.run, status: "completed" },
  });
  expect((await screen.findByText("Nothing to do")).parentElement?.textContent).toContain("Contacts by");
  expect(screen.queryByRole("progressbar", { name: "Contacts" })).toBeNull();
  expect(screen.getByText("Done, 1 failed")).toBeDefined();
});

test("a run of contacts tells of contacts alone", async () => {
  shown = { ...progress, run: { ...progress.run, stages: ["enrich"] }, contacts_total: 3 };
  showResearch(<RunView runId="r" />);
  await screen.findByText("3 contacts");
  expect(screen.queryByText("Companies")).toBeNull();
});

describe("a run that its cap keeps from sending", () => {
  const none = { processing: 0, waiting: 0, failed: 0, cancelled: 0 };
  const capped = (status: Progress["run"]["status"]): Progress => ({
    ...progress,
    run: { ...progress.run, status, stages: ["company"], spend_cap: 0.2 },
    stages: [{ ...none, stage: "company", completed: 10, queued: 10 }],
    providers: { company: "clay" },
    spent: 0.2,
  });

  test("says so, and goes on with enough for what is left", async () => {
    shown = capped("running");
    const { user } = showResearch(<RunView runId="r" />);
    expect(await screen.findByText("Stopped by its cap")).toBeDefined();
    expect(screen.queryByText("Running")).toBeNull();
    const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Spend at most" });
    expect(field.value).toBe("0.4");
    await user.click(screen.getByRole("button", { name: "Go on" }));
    await waitFor(() =>
      expect(calls).toEqual([{ name: "set_spend_cap", body: { run_id: "r", spend_cap: 0.4 } }]),
    );
  });

  test("does not go on with nothing typed, nor with what is spent already, and says why", async () => {
    shown = capped("running");
    const { user } = showResearch(<RunView runId="r" />);
    const field = await screen.findByRole("textbox", { name: "Spend at most" });
    const goOn = screen.getByRole<HTMLButtonElement>("button", { name: "Go on" });
    await user.clear(field);
    expect(screen.getByText("Enter an amount, or remove the cap.")).toBeDefined();
    expect(goOn.disabled).toBe(true);
    await user.type(field, "0.2{Enter}");
    expect(screen.getByText("Enter more than 0.20, which is spent already.")).toBeDefined();
    expect(goOn.disabled).toBe(true);
    expect(calls).toEqual([]);
  });

  test("loses its cap only when that is confirmed", async () => {
    shown = capped("running");
    const { user } = showResearch(<RunView runId="r" />);
    await user.click(await screen.findByRole("button", { name: "Remove the cap…" }));
    const question = screen.getByRole("alertdialog", { name: "Remove the spending cap?" });
    expect(question.textContent).toContain("0.20 more");
    expect(calls).toEqual([]);
    await user.click(within(question).getByRole("button", { name: "Remove the cap" }));
    await waitFor(() =>
      expect(calls).toEqual([{ name: "set_spend_cap", body: { run_id: "r", spend_cap: null } }]),
    );
  });

  test("still says so when it is paused", async () => {
    shown = capped("paused");
    showResearch(<RunView runId="r" />);
    expect(await screen.findByText("The spending cap is reached")).toBeDefined();
    expect(screen.getByText("Paused")).toBeDefined();
    expect(screen.getByRole("button", { name: "Raise the cap" })).toBeDefined();
  });
});

test("what is retried in a paused run is said to wait for that, and can be resumed there", async () => {
  const stages: Progress["stages"] = [
    { stage: "company", queued: 0, processing: 0, waiting: 0, completed: 17, failed: 3, cancelled: 0 },
  ];
  shown = { ...progress, run: { ...progress.run, status: "paused", stages: ["company"] }, stages, failures };
  const { user } = showResearch(<RunView runId="r" />);
  await user.click(await screen.findByRole("button", { name: "Retry 3 failed" }));
  const toast = await screen.findByRole("dialog", { name: "Queued again" });
  expect(toast.textContent).toContain("They are tried again when you resume.");
  await user.click(within(toast).getByRole("button", { name: "Resume" }));
  await waitFor(() =>
    expect(calls).toEqual([
      { name: "retry_failed_jobs", body: { run_id: "r" } },
      { name: "resume_research", body: { run_id: "r" } },
    ]),
  );
});
