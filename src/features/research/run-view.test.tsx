// @vitest-environment jsdom
import type { Progress, ResearchJob } from "@contracts";
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { progressOptions } from "./queries";
import { RunView } from "./RunView";
import { job, progress, showResearch } from "./research-fixture";

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

let shown: Progress = progress;
let lanes: { integration_id: string | null; held_until: string }[] = [];
testSupabase(({ path, body }) => {
  if (path === "/rest/v1/rpc/list_jobs") return Response.json(page(body));
  if (path === "/rest/v1/rpc/research_progress") return Response.json(shown);
  if (path === "/rest/v1/lanes") return Response.json(lanes);
  return Response.json([]);
});

beforeEach(() => {
  shown = { ...progress, failures };
  lanes = [];
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
  const { user } = showResearch(<RunView runId="r" />);
  await screen.findByText("3 contacts");
  expect(screen.queryByText("Companies")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Cancel…" }));
  expect((await screen.findByRole("alertdialog")).textContent).toContain("for those contacts again later");
});
