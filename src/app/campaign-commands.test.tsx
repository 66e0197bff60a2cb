// @vitest-environment jsdom
import type { ResearchRun } from "@contracts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, expect, test, vi } from "vitest";
import { campaignOptions } from "@/features/campaigns/queries";
import { activeRunOptions } from "@/features/research/queries";
import { campaign, run } from "@/features/research/research-fixture";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { testSupabase } from "@/lib/test-supabase";
import { useCommandPalette } from "@/stores/commands";
import { findCommands } from "./find-commands";
import { useCampaignCommands } from "./use-campaign-commands";

let active: ResearchRun | null = null;
testSupabase(() => Response.json(active ? [active] : []));
afterEach(() => {
  cleanup();
  active = null;
});

/** What the palette offers for "start research" in a campaign, to somebody with this role. */
function offered(role: "member" | "viewer", state: "active" | "archived" = "active") {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  client.setQueryData(campaignOptions("c").queryKey, { ...campaign, state });
  client.setQueryData(activeRunOptions("c").queryKey, active);
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [
    { id: "w", name: "Acme", role, channel_key: "key" },
  ]);
  const startResearch = vi.fn();
  const shown: { router?: ReturnType<typeof createMemoryRouter> } = {};
  const wrapper = ({ children }: { children: ReactNode }) => {
    shown.router ??= createMemoryRouter([{ path: "*", element: children }], {
      initialEntries: ["/c/c/companies"],
    });
    return (
      <QueryClientProvider client={client}>
        <RouterProvider router={shown.router} />
      </QueryClientProvider>
    );
  };
  renderHook(() => useCampaignCommands("c", startResearch), { wrapper });
  const commands = findCommands(useCommandPalette.getState().commands.values(), "start research");
  return { commands: commands.flatMap(({ items }) => items), startResearch, shown };
}

test("who may start research finds the command, which opens its options", () => {
  const { commands, startResearch } = offered("member");
  expect(commands.map(({ label }) => label)).toEqual(["Start research"]);
  commands[0]?.run();
  expect(startResearch).toHaveBeenCalledOnce();
});

test("while research is under way it leads there, as the button does", () => {
  active = run;
  const { commands, startResearch, shown } = offered("member");
  expect(commands.map(({ label }) => label)).toEqual(["Watch research"]);
  commands[0]?.run();
  expect(shown.router?.state.location.pathname).toBe("/c/c/research/r");
  expect(startResearch).not.toHaveBeenCalled();
});

test("viewers are not offered it, and nobody is in an archived campaign", () => {
  expect(offered("viewer").commands).toEqual([]);
  cleanup();
  expect(offered("member", "archived").commands).toEqual([]);
});
