// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecordJob } from "@/components/record/read-jobs";
import { ChannelKey } from "@/lib/realtime";
import { testSupabase } from "@/lib/test-supabase";
import { ContactJobs } from "./ContactJobs";

const enriched: RecordJob = {
  id: 1,
  stage: "enrich",
  status: "completed",
  attempt: 1,
  error_message: null,
  created_at: "2026-11-22T10:00:00Z",
  finished_at: "2026-11-22T10:00:05Z",
};
const refused: RecordJob = {
  ...enriched,
  id: 2,
  stage: "sync",
  status: "failed",
  attempt: 3,
  error_message: "The CRM knows no such list.",
};
const run = {
  id: "r",
  campaign_id: "c",
  status: "running",
  stages: ["enrich", "sync"],
  spend_cap: null,
  afresh: false,
  jobs_from_cache: 0,
  created_at: "2026-11-22T09:00:00Z",
  finished_at: null,
};

let jobs: RecordJob[] = [];
let runs = [run];
let isDown = false;
const server = testSupabase(({ path }) => {
  if (path === "/rest/v1/research_runs") return Response.json(runs);
  return isDown ? Response.json({ message: "down" }, { status: 503 }) : Response.json(jobs);
});

beforeEach(() => {
  jobs = [];
  runs = [];
  isDown = false;
});
afterEach(cleanup);

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <ChannelKey value="key">
        <ContactJobs campaignId="c" contactId="wile" />
      </ChannelKey>
    </QueryClientProvider>,
  );
}

test("a contact's panel says that it was enriched, that handing it on failed, and why", async () => {
  jobs = [refused, enriched];
  show();
  const [sync, enrich] = await screen.findAllByRole("listitem");
  expect(enrich?.textContent).toMatch(/^Enrich contactsDone.*2026/);
  expect(sync?.textContent).toMatch(/^SyncFailed3 attempts · .*2026.*The CRM knows no such list\.$/);
  const asked = server.asked.find(({ path }) => path === "/rest/v1/research_jobs");
  expect(asked?.query.get("contact_id")).toBe("eq.wile");
  expect(asked?.query.get("campaign_id")).toBe("eq.c");
  expect(asked?.query.get("order")).toBe("id.desc");
});

test("a contact that nothing was done for says how to", async () => {
  show();
  expect(await screen.findByText(/^Neither enriched nor handed on yet\. Start research/)).toBeDefined();
});

test("jobs that cannot be read are told, and shown once they can be read", async () => {
  isDown = true;
  show();
  const alert = await screen.findByRole("alert");
  isDown = false;
  jobs = [enriched];
  await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Enrich contacts")).toBeDefined();
});

test("a run that starts is followed: its job of the contact shows up, and what became of it", async () => {
  show();
  await screen.findByText(/^Neither enriched/);
  await waitFor(() => expect(server.isHeard("campaign:c")).toBe(true));
  expect(server.isHeard("run:r")).toBe(false);
  runs = [run];
  server.tell("campaign:c", { table: "research_runs", operation: "insert", ids: ["r"] });
  await waitFor(() => expect(server.isHeard("run:r")).toBe(true));
  const tellRun = () =>
    server.tell("run:r", { table: "research_run_counters", operation: "update", ids: ["r"] });
  jobs = [{ ...refused, status: "queued", attempt: 0, error_message: null, finished_at: null }];
  tellRun();
  expect(await screen.findByText("Queued")).toBeDefined();
  jobs = [refused];
  tellRun();
  expect(await screen.findByText("The CRM knows no such list.")).toBeDefined();
});
