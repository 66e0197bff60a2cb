// @vitest-environment jsdom
import type { ResearchRun } from "@contracts";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { campaignOptions } from "@/features/campaigns/queries";
import { testSupabase } from "@/lib/test-supabase";
import { activeRunOptions, runListOptions } from "./queries";
import ResearchPage from "./ResearchPage";
import { campaign, progress, run, showResearch } from "./research-fixture";
import { StartResearchButton } from "./StartResearchButton";

let runs: ResearchRun[] = [];
const answers: Record<string, (query: URLSearchParams) => unknown> = {
  "/rest/v1/campaigns": () => ({ research_plan: null, workspace_id: "w" }),
  "/rest/v1/integrations": () => [],
  "/rest/v1/research_runs": (query) =>
    query.get("select")?.includes("campaigns")
      ? []
      : query.has("status")
        ? runs.filter(({ status }) => status === "running")
        : runs.map((one) => ({ ...one, research_run_counters: [] })),
  "/rest/v1/rpc/engine_status": () => progress.engine,
  "/rest/v1/rpc/research_progress": () => progress,
  "/rest/v1/rpc/list_jobs": () => ({ rows: [], next_cursor: null, prev_cursor: null, total: 0 }),
};
const begin = () => {
  runs = [run, ...runs];
  return Response.json(progress);
};
let answerStart: () => Response | Promise<Response> = begin;
const { asked } = testSupabase(({ path, query }) =>
  path === "/rest/v1/rpc/start_research" ? answerStart() : Response.json(answers[path]?.(query)),
);

beforeEach(() => {
  runs = [];
  answerStart = begin;
});
/** What was asked to be started so far. */
const starts = () => asked.filter(({ path }) => path === "/rest/v1/rpc/start_research");
const dialog = () => screen.queryByRole("dialog", { name: "Start research" });
const startButton = () => screen.findByRole("button", { name: "Start research" });
const told = () => screen.findAllByText("Research of 20 companies has started");

/** Opens the options, fills in nothing and gives the button that starts. */
async function readyToStart(user: UserEvent) {
  await user.click(await startButton());
  await screen.findByRole("dialog");
  const confirm = await startButton();
  await waitFor(() => expect(confirm).toHaveProperty("disabled", false));
  return confirm;
}

/** Fills in nothing and starts. */
async function start(user: UserEvent) {
  await user.click(await readyToStart(user));
  expect(await told()).not.toEqual([]);
}

test("the options stay open when a colleague starts research", async () => {
  const { client, user } = showResearch(<StartResearchButton campaignId="c" />);
  await user.click(await startButton());
  await screen.findByRole("dialog");
  client.setQueryData(activeRunOptions("c").queryKey, run);
  await screen.findByText("Watch research");
  expect(dialog()).not.toBeNull();
});

test("a start is told, and its options do not come back when the run ends", async () => {
  runs = [{ ...run, id: "earlier", status: "completed" }];
  const { client, user } = showResearch(
    <>
      <StartResearchButton campaignId="c" />
      <ResearchPage />
    </>,
  );
  await screen.findByText(/20 companies/, { selector: "h2" });
  await start(user);
  await screen.findByRole("button", { name: "Watch research" });
  client.setQueryData(activeRunOptions("c").queryKey, null);
  await screen.findByText("Start research");
  expect(dialog()).toBeNull();
});

test("on the research page the first run is told and shown", async () => {
  const { user } = showResearch(<ResearchPage />);
  await screen.findByText("No research yet");
  await start(user);
  await screen.findByRole("heading", { name: /20 companies/ });
  expect(dialog()).toBeNull();
});

test("on the research page the options stay open when a colleague starts the first run", async () => {
  const { client, user } = showResearch(<ResearchPage />);
  await user.click(await startButton());
  await screen.findByRole("dialog");
  runs = [run];
  await client.invalidateQueries({ queryKey: runListOptions("c").queryKey });
  await screen.findByText(/20 companies/, { selector: "h2" });
  expect(dialog()).not.toBeNull();
});

test("a start that fails after its options were closed is told", async () => {
  let fail = () => {};
  answerStart = () =>
    new Promise((resolve) => {
      fail = () => resolve(Response.json({ message: "broken" }, { status: 500 }));
    });
  const { user } = showResearch(<StartResearchButton campaignId="c" />);
  await user.click(await readyToStart(user));
  await waitFor(() => expect(starts()).toHaveLength(1));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(dialog()).toBeNull());
  fail();
  expect(await screen.findAllByText("The server had a problem")).not.toEqual([]);
});

test("two clicks at once start once", async () => {
  const { user } = showResearch(<StartResearchButton campaignId="c" />);
  const confirm = await readyToStart(user);
  fireEvent.click(confirm);
  fireEvent.click(confirm);
  expect(await told()).not.toEqual([]);
  expect(starts()).toHaveLength(1);
});

test("a start that failed can be tried again", async () => {
  answerStart = () => Response.json({ message: "broken" }, { status: 500 });
  const { user } = showResearch(<StartResearchButton campaignId="c" />);
  const confirm = await readyToStart(user);
  await user.click(confirm);
  await within(screen.getByRole("dialog")).findByText("The server had a problem");
  answerStart = begin;
  await user.click(confirm);
  expect(await told()).not.toEqual([]);
});

test("while research is under way the options say so, lead there, and start nothing until it ends", async () => {
  const { client, user, router } = showResearch(<StartResearchButton campaignId="c" />);
  const confirm = await readyToStart(user);
  const { queryKey } = activeRunOptions("c");
  client.setQueryData(queryKey, run);
  await screen.findByText("Research is under way");
  expect(confirm).toHaveProperty("disabled", true);
  client.setQueryData(queryKey, null);
  await waitFor(() => expect(confirm).toHaveProperty("disabled", false));
  expect(screen.queryByText("Research is under way")).toBeNull();
  client.setQueryData(queryKey, run);
  await user.click(await screen.findByRole("link", { name: "Watch it" }));
  expect(router.state.location.pathname).toBe("/c/c/research/r");
});

test("where every company is researched the rest is done without that", async () => {
  const { client, user } = showResearch(<StartResearchButton campaignId="c" />);
  client.setQueryData(campaignOptions("c").queryKey, { ...campaign, researched_count: 20 });
  await user.click(await readyToStart(user));
  await told();
  expect(JSON.parse(starts()[0]?.body ?? "")).toMatchObject({ stages: ["contacts"] });
});
