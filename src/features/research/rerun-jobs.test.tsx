// @vitest-environment jsdom
import type { ResearchJob } from "@contracts";
import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ALL_MATCHING, selectRows } from "@/components/data-table/selection";
import { testSupabase } from "@/lib/test-supabase";
import { RerunJobs } from "./RerunJobs";
import { job, progress, run, showResearch } from "./research-fixture";

const refusal = (message: string) => Response.json({ code: "PT409", hint: "busy", message }, { status: 409 });

/** The jobs of the run, newest first. */
let jobs: ResearchJob[] = [];
/** What is answered when parts of the jobs are to be researched again. */
let answers: Response[] = [];
/** Answers wait for it. */
let gate: Promise<void> = Promise.resolve();
const { asked } = testSupabase(async ({ path, body }) => {
  if (path === "/rest/v1/rpc/rerun_jobs") {
    await gate;
    const requeued: number = JSON.parse(body).job_ids.length;
    return answers.shift() ?? Response.json({ ...progress, requeued });
  }
  const { filter, cursor, page_size } = JSON.parse(body);
  if (jobs.length === 0) return refusal("The list is being moved.");
  const found = jobs.filter(({ status }) => filter.status.includes(status));
  const end = Number(cursor ?? 0) + page_size;
  return Response.json({
    rows: found.slice(end - page_size, end),
    next_cursor: end < found.length ? String(end) : null,
    prev_cursor: null,
    total: found.length,
    total_is_capped: false,
  });
});
const jobsOf = (count: number, status: ResearchJob["status"]): ResearchJob[] =>
  Array.from({ length: count }, (_, at) => ({ ...job, id: at + 1, status }));
/** The jobs that were to be researched again, request by request. */
const rerun = (): number[][] =>
  asked.filter(({ path }) => path.endsWith("rerun_jobs")).map(({ body }) => JSON.parse(body).job_ids);

beforeEach(() => {
  jobs = [];
  answers = [];
  gate = Promise.resolve();
});

/** Asks about all that match, or the picked jobs. */
async function asking(selection = ALL_MATCHING) {
  const onSelectOnly = vi.fn();
  const { user, router } = showResearch(
    <RerunJobs run={run} filter={{}} selection={selection} jobs={[]} onSelectOnly={onSelectOnly} />,
  );
  await user.click(await screen.findByRole("button", { name: /Research again/ }));
  const dialog = within(await screen.findByRole("alertdialog"));
  const confirm = dialog.getByRole("button", { name: "Research again" });
  return { user, router, dialog, confirm, onSelectOnly };
}

test("all that match are counted when it is asked, and just these are researched again", async () => {
  jobs = [...jobsOf(3, "completed"), { ...job, id: 4, status: "queued" }];
  const { user, dialog, confirm, onSelectOnly } = await asking();
  await dialog.findByText("Research 3 jobs again?");
  jobs = jobsOf(5, "completed");
  await user.click(confirm);
  expect(await screen.findAllByText("3 jobs queued again")).not.toEqual([]);
  expect(rerun()).toEqual([[1, 2, 3]]);
  expect(onSelectOnly).toHaveBeenCalledExactlyOnceWith([]);
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("of more than 10,000 the newest are taken, and that is said", async () => {
  jobs = jobsOf(10_001, "failed");
  const { dialog } = await asking();
  await dialog.findByText("Research 10,000 jobs again?");
  expect(dialog.getByText(/these are the newest 10,000/)).toBeDefined();
});

test("jobs that cannot be counted are not researched again, and why is said", async () => {
  const { dialog, confirm } = await asking();
  expect(await dialog.findByText("The list is being moved.")).toBeDefined();
  expect(confirm).toHaveProperty("disabled", true);
});

test("picked jobs are counted at once", async () => {
  const { dialog } = await asking(selectRows(["7", "9"]));
  expect(dialog.getByText("Research 2 jobs again?")).toBeDefined();
  expect(asked).toEqual([]);
});

test("what breaks off is told with its reason, also when the page is left, and selects what is left", async () => {
  const ids = Array.from({ length: 1_500 }, (_, at) => String(at + 1));
  const { user, router, confirm, onSelectOnly } = await asking(selectRows(ids));
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  answers = [Response.json({ ...progress, requeued: 1_000 }), refusal("Another run is under way.")];
  await user.click(confirm);
  await waitFor(() => expect(rerun()).toHaveLength(1));
  await act(() => router.navigate("/"));
  open();
  expect(await screen.findAllByText("1,000 jobs queued again, 500 not")).not.toEqual([]);
  expect(screen.getAllByText(/Another run is under way\. Those that are not queued/)).not.toEqual([]);
  expect(onSelectOnly).toHaveBeenCalledExactlyOnceWith(ids.slice(1_000));
});
