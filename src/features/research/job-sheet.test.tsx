// @vitest-environment jsdom
import type { ResearchJob } from "@contracts";
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { JobSheet } from "./JobSheet";
import type { KeptAttempt } from "./job-story";
import { job, run, showResearch } from "./research-fixture";

const done: ResearchJob = { ...job, batch_id: "b" };
const waiting: ResearchJob = { ...done, status: "waiting", finished_at: null };
const sent = {
  id: 1,
  jobs: 5,
  address: "hooks.example/research",
  sent_at: "2026-11-22T10:00:00Z",
  duration_ms: 5,
  request_headers: {},
  request_body: "Tell me about Acme",
  status: 202,
  response_body: "",
  error_reason: null,
  notes: [],
  resent_by: null,
};

/** Null once it is deleted. */
let stored: ResearchJob | null = waiting;
let deliveries = [sent];
let attempts: KeptAttempt[] = [];
const server = testSupabase(({ path }) => {
  if (path === "/rest/v1/deliveries") return Response.json(deliveries);
  if (path === "/rest/v1/research_batches") return Response.json({ leased_until: "2026-11-22T10:20:00Z" });
  if (path === "/rest/v1/research_attempts") return Response.json(attempts);
  if (path !== "/rest/v1/research_jobs") return Response.json([]);
  return stored
    ? Response.json(stored)
    : Response.json({ code: "PGRST116", message: "no rows" }, { status: 406 });
});

beforeEach(() => {
  stored = waiting;
  deliveries = [sent];
  attempts = [];
});

/** The sheet of the job, as a member sees it. */
async function open(clockAhead = 0, of = run) {
  const { user } = showResearch(
    <JobSheet run={of} providers={{ company: "i" }} clockAhead={clockAhead} jobId={1} onClose={() => {}} />,
  );
  await screen.findByRole("dialog", { name: "Acme" });
  return user;
}

/** Lets the sheet hear that the run has changed. */
async function tellChange(): Promise<void> {
  await waitFor(() => expect(server.isHeard("run:r")).toBe(true));
  server.tell("run:r", { table: "research_jobs", operation: "update", ids: null });
}
const patient = { timeout: 10_000 };

test("what is read of a request, and a question about it, stay open when the result arrives", async () => {
  const user = await open();
  await user.click(await screen.findByText("Request"));
  await user.click(screen.getByRole("button", { name: "Send again…" }));
  const question = screen.getByRole("alertdialog", { name: "Send this request again?" });
  expect(question.textContent).toContain("This request holds 5 jobs. All of them are asked again");
  stored = done;
  deliveries = [sent, { ...sent, id: 2, status: 200, request_body: "Tell me more" }];
  await tellChange();
  await screen.findByText(/An integration has done it/, undefined, patient);
  await screen.findByText(/^Response 200/, undefined, patient);
  expect(question.isConnected).toBe(true);
  const read = screen.getByDisplayValue("Tell me about Acme");
  expect(read.closest("details")?.open).toBe(true);
});

test("what is read of a try stays open when the try fails", async () => {
  const user = await open();
  await user.click(await screen.findByText("Request"));
  const read = screen.getByDisplayValue("Tell me about Acme");
  attempts = [
    {
      attempt: 1,
      batch_id: "b",
      outcome: "failed",
      error_message: "Too late.",
      finished_at: "2026-11-22T10:05:00Z",
    },
  ];
  stored = { ...waiting, status: "failed", error_code: "timed_out", error_message: "Too late." };
  await tellChange();
  await screen.findAllByText("Too late.", undefined, patient);
  expect(read.isConnected).toBe(true);
});

test("a job that is deleted while its sheet is open is gone from it", async () => {
  await open();
  await screen.findByText("Request");
  stored = null;
  await tellChange();
  expect(await screen.findByRole("dialog", { name: "Job" }, patient)).toBeDefined();
  expect(screen.queryByText("Request")).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("Not found");
});

test("a job that was queued just now waits for its turn, also where the clock is slow", async () => {
  const hour = 3_600_000;
  stored = {
    ...waiting,
    status: "queued",
    attempt: 0,
    batch_id: null,
    run_after: new Date(Date.now() + hour).toISOString(),
  };
  await open(hour);
  expect(await screen.findByText("It waits for its turn.")).toBeDefined();
});

test("a job of a paused run says that it waits for that", async () => {
  stored = { ...waiting, status: "queued", run_after: new Date(Date.now() + 3_600_000).toISOString() };
  await open(0, { ...run, status: "paused" });
  expect(await screen.findByText("It waits: the run is paused.")).toBeDefined();
});
