// @vitest-environment jsdom
import type { ResearchRun } from "@contracts";
import { screen, waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { activeRunOptions, runListOptions } from "./queries";
import ResearchPage from "./ResearchPage";
import { progress, run, showResearch } from "./research-fixture";
import { StartResearchButton } from "./StartResearchButton";

let runs: ResearchRun[] = [];
const answers: Record<string, (query: URLSearchParams) => unknown> = {
  "/rest/v1/campaigns": () => ({ research_plan: null }),
  "/rest/v1/integrations": () => [],
  "/rest/v1/research_runs": (query) =>
    query.has("status") ? runs.filter(({ status }) => status === "running") : runs,
  "/rest/v1/rpc/engine_status": () => progress.engine,
  "/rest/v1/rpc/research_progress": () => progress,
  "/rest/v1/rpc/list_jobs": () => ({ rows: [], next_cursor: null, prev_cursor: null, total: 0 }),
  "/rest/v1/rpc/start_research": () => {
    runs = [run, ...runs];
    return progress;
  },
};
testSupabase(({ path, query }) => Response.json(answers[path]?.(query)));

beforeEach(() => {
  runs = [];
});
const dialog = () => screen.queryByRole("dialog", { name: "Start research" });
const startButton = () => screen.findByRole("button", { name: "Start research" });
const told = () => screen.findAllByText("Research of 20 companies has started");

/** Fills in nothing and starts. */
async function start(user: UserEvent) {
  await user.click(await startButton());
  await screen.findByRole("dialog");
  const confirm = await startButton();
  await waitFor(() => expect(confirm).toHaveProperty("disabled", false));
  await user.click(confirm);
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
