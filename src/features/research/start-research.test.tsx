// @vitest-environment jsdom
import type { ResearchRun } from "@contracts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import Toaster from "@/components/ui/toaster";
import { campaignOptions } from "@/features/campaigns/queries";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { testSupabase } from "@/lib/test-supabase";
import { activeRunOptions, runListOptions } from "./queries";
import ResearchPage from "./ResearchPage";
import { campaign, progress, run } from "./research-fixture";
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

class NeverResized {
  observe() {}
  disconnect() {}
}
// jsdom lays nothing out.
beforeAll(() => vi.stubGlobal("ResizeObserver", NeverResized));
beforeEach(() => {
  runs = [];
});
afterEach(cleanup);

/** What a member sees. */
function show(page: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(campaignOptions("c").queryKey, campaign);
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [{ id: "w", name: "Acme", role: "member" }]);
  const router = createMemoryRouter([{ path: "/c/:campaignId/research", element: page }, { path: "*" }], {
    initialEntries: ["/c/c/research"],
  });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>,
  );
  return { client, user: userEvent.setup() };
}
const dialog = () => screen.queryByRole("dialog", { name: "Start research" });
const startButton = () => screen.findByRole("button", { name: "Start research" });
const told = () => screen.findAllByText("Research of 20 companies has started");

test("the options stay open when a colleague starts research, and do not come back when it ends", async () => {
  const { client, user } = show(<StartResearchButton campaignId="c" />);
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
  const { client, user } = show(<ResearchPage />);
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
  const { client, user } = show(<ResearchPage />);
  await user.click(await startButton());
  await screen.findByRole("dialog");
  runs = [run];
  await act(() => client.invalidateQueries({ queryKey: runListOptions("c").queryKey }));
  await screen.findByText(/20 companies/, { selector: "h2" });
  expect(dialog()).not.toBeNull();
});
