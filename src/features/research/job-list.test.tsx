// @vitest-environment jsdom
import type { ResearchJob, ResearchRun } from "@contracts";
import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { selectRows } from "@/components/data-table/selection";
import { testSupabase } from "@/lib/test-supabase";
import { useTableSelection } from "@/stores/table-selection";
import { JobList } from "./JobList";
import { job, progress, run, showResearch } from "./research-fixture";

/** The jobs of the run, newest first. */
let jobs: ResearchJob[] = [];
const ofPage = (page: number): Partial<ResearchJob> => ({ page, company_id: null, company: null });
const jobsOf = (count: number): ResearchJob[] =>
  Array.from({ length: count }, (_, at) => ({
    ...job,
    id: count - at,
    company: { id: "acme", name: `Company ${count - at}`, domain: null },
  }));

/** A page as `list_jobs` gives it; its cursors are places in the list. */
function page(body: string) {
  const { filter, cursor, page_size } = JSON.parse(body);
  const found = jobs.filter(
    ({ status, stage, company }) =>
      (filter.status?.includes(status) ?? true) &&
      (filter.stage?.includes(stage) ?? true) &&
      (company?.name ?? "").includes(filter.q ?? ""),
  );
  const start = Number(cursor ?? 0);
  const end = start + page_size;
  return {
    rows: found.slice(start, end),
    next_cursor: end < found.length ? String(end) : null,
    prev_cursor: null,
    total: found.length,
    total_is_capped: false,
  };
}
/** Whether jobs can be researched again after the first thousand. */
let breaksOff = false;
const { asked } = testSupabase(({ path, body }) => {
  if (path === "/rest/v1/rpc/list_jobs") return Response.json(page(body));
  if (path !== "/rest/v1/rpc/rerun_jobs") return Response.json([]);
  const isFirst = asked.filter((one) => one.path === path).length === 1;
  if (breaksOff && !isFirst) return Response.json({ code: "57014", message: "timeout" }, { status: 400 });
  return Response.json({ ...progress, requeued: JSON.parse(body).job_ids.length });
});

beforeEach(() => {
  jobs = [];
  breaksOff = false;
  useTableSelection.getState().clear();
});

const listOf = (shown: ResearchRun) => (
  <JobList run={shown} providers={{}} failures={[]} heading={{ current: null }} clockAhead={0} mayWork />
);
const list = listOf(run);
const choice = () => screen.getByRole("combobox", { name: "Which jobs are shown" });
const choose = async (user: UserEvent, filter: string) => {
  await user.click(choice());
  await user.click(await screen.findByRole("option", { name: filter }));
};
const selection = () => within(screen.getByRole("toolbar", { name: "Selection" }));

test("taking jobs out of all that match says that only loaded ones stay selected", async () => {
  jobs = jobsOf(60);
  const { user } = showResearch(list);
  await screen.findByText("Company 60");
  await user.click(screen.getByLabelText("Select all loaded rows"));
  await user.click(screen.getByText("Select all 60 jobs"));
  expect(selection().getByText("60 selected")).toBeDefined();
  await user.click(screen.getByLabelText("Select Company 60, company"));
  expect(selection().getByText("49 selected")).toBeDefined();
  expect(selection().getByRole("status").textContent).toBe(
    "Only loaded jobs stay selected, 10 more that match do not.",
  );
});

test("an empty list of failed jobs says nothing of all jobs, also while these are read", async () => {
  const { user } = showResearch(list);
  expect(await screen.findByText("The first companies are about to be queued.")).toBeDefined();
  jobs = jobsOf(1);
  await choose(user, "Failed");
  expect(await screen.findByText("There are none.")).toBeDefined();
  await choose(user, "All jobs");
  expect(screen.queryByText("The first companies are about to be queued.")).toBeNull();
  expect(screen.queryByText("There are none.")).toBeNull();
  expect(await screen.findByText("Company 1")).toBeDefined();
});

test("a run that has ended without a job queues no first ones", async () => {
  showResearch(listOf({ ...run, status: "completed" }));
  expect(await screen.findByText("There are none.")).toBeDefined();
});

test("the address says which jobs are shown and which is open; back closes what was opened", async () => {
  jobs = [{ ...job, id: 2, ...ofPage(7) }];
  const { user, router } = showResearch(list);
  const address = () => router.state.location.search;
  await choose(user, "Done");
  await waitFor(() => expect(address()).toBe("?jobs=completed"));
  await user.click(await screen.findByText("Page 7"));
  await screen.findByRole("dialog");
  expect(address()).toBe("?jobs=completed&job=2");
  await act(() => router.navigate(-1));
  expect(address()).toBe("?jobs=completed");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("jobs that the address asks for are shown", async () => {
  jobs = [...jobsOf(2), { ...job, id: 3, status: "failed", ...ofPage(7) }];
  showResearch(list, "?jobs=failed");
  expect(await screen.findByText("Page 7")).toBeDefined();
  expect(choice().textContent).toBe("Failed");
  expect(screen.queryByText("Company 1")).toBeNull();
});

test("jobs are found by stage and name, as the address says", async () => {
  jobs = [
    { ...job, id: 5, stage: "contacts", company: { id: "c2", name: "Company 2", domain: null } },
    ...jobsOf(3),
  ];
  const { user, router } = showResearch(list);
  await user.type(await screen.findByRole("textbox", { name: "Search by name" }), "Company 2");
  await waitFor(() => expect(screen.queryByText("Company 3")).toBeNull());
  expect(screen.getAllByText("Company 2")).toHaveLength(2);
  await user.click(screen.getByRole("combobox", { name: "Stage of the jobs" }));
  await user.click(await screen.findByRole("option", { name: "Contacts" }));
  await waitFor(() => expect(screen.getAllByText("Company 2")).toHaveLength(1));
  expect(Object.fromEntries(new URLSearchParams(router.state.location.search))).toEqual({
    stage: "contacts",
    q: "Company 2",
  });
  await user.click(screen.getByRole("button", { name: "Clear search" }));
  await waitFor(() => expect(router.state.location.search).toBe("?stage=contacts"));
});

const researchAgain = async (user: UserEvent, question: string) => {
  await user.click(selection().getByRole("button", { name: /^Research again/ }));
  await screen.findByText(question);
  await user.click(screen.getByRole("button", { name: "Research again" }));
};

test("jobs that are queued again are not selected any more, and the focus goes to the table", async () => {
  jobs = jobsOf(2);
  const { user } = showResearch(list);
  await user.click(await screen.findByLabelText("Select Company 2, company"));
  await researchAgain(user, "Research 1 job again?");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(screen.queryByRole("toolbar")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});

test("jobs of all that match that could not be queued again are the ones selected", async () => {
  jobs = jobsOf(1_002);
  breaksOff = true;
  const { user } = showResearch(list);
  await screen.findByText("Company 1002");
  await user.click(screen.getByLabelText("Select all loaded rows"));
  await user.click(screen.getByText("Select all 1,002 jobs"));
  await researchAgain(user, "Research 1,002 jobs again?");
  expect(await screen.findByText("2 selected")).toBeDefined();
  const { selection: left } = useTableSelection.getState();
  expect(left).toEqual(selectRows(["2", "1"]));
});
