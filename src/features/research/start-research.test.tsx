// @vitest-environment jsdom
import type { ResearchRun } from "@contracts";
import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { activeRunOptions, runListOptions } from "./queries";
import ResearchPage from "./ResearchPage";
import { progress, run, showResearch } from "./research-fixture";
import { StartResearchButton } from "./StartResearchButton";

let runs: ResearchRun[] = [];
const answers: Record<string, () => unknown> = {
  "/rest/v1/campaigns": () => ({ research_plan: null }),
  "/rest/v1/integrations": () => [],
  "/rest/v1/research_runs": () => runs,
  "/rest/v1/rpc/engine_status": () => progress.engine,
  "/rest/v1/rpc/research_progress": () => progress,
  "/rest/v1/rpc/list_jobs": () => ({ rows: [], next_cursor: null, prev_cursor: null, total: 0 }),
  "/rest/v1/rpc/start_research": () => {
    runs = [run];
    return progress;
  },
};
testSupabase(({ path }) => Response.json(answers[path]?.()));

beforeEach(() => {
  runs = [];
});
const dialog = () => screen.queryByRole("dialog", { name: "Start research" });
const startButton = () => screen.findByRole("button", { name: "Start research" });
const told = () => screen.findAllByText("Research of 20 companies has started");

test("the options stay open when a colleague starts research, and do not come back when it ends", async () => {
  const { client, user } = showResearch(<StartResearchButton campaignId="c" />);
  const now = (active: ResearchRun | null) =>
    act(() => client.setQueryData(activeRunOptions("c").queryKey, active));
  await user.click(await startButton());
  await screen.findByRole("dialog");
  now(run);
  expect(dialog()).not.toBeNull();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(dialog()).toBeNull());
  expect(screen.getByRole("button", { name: "Watch research" })).toBeDefined();
  now(null);
  expect(dialog()).toBeNull();
});

test("on the research page the first run is told and shown, and the options do not come back when it ends", async () => {
  const { client, user } = showResearch(<ResearchPage />);
  await screen.findByText("No research yet");
  await user.click(await startButton());
  await screen.findByRole("dialog");
  const start = await startButton();
  await waitFor(() => expect(start).toHaveProperty("disabled", false));
  await user.click(start);
  expect(await told()).not.toEqual([]);
  await screen.findByRole("heading", { name: /20 companies/ });
  act(() => client.setQueryData(activeRunOptions("c").queryKey, null));
  expect(dialog()).toBeNull();
});

test("on the research page the options stay open when a colleague starts the first run", async () => {
  const { client, user } = showResearch(<ResearchPage />);
  await user.click(await startButton());
  await screen.findByRole("dialog");
  runs = [run];
  await act(() => client.invalidateQueries({ queryKey: runListOptions("c").queryKey }));
  await screen.findByText(/20 companies/, { selector: "h2" });
  expect(dialog()).not.toBeNull();
});
