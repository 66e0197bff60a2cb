import type { Integration, Progress, ResearchJob, ResearchRun } from "@contracts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, beforeAll, vi } from "vitest";
import Toaster from "@/components/ui/toaster";
import { campaignOptions } from "@/features/campaigns/queries";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { ChannelKey } from "@/lib/realtime";
import { clay as anyClay } from "@/lib/test-integration";

export const campaign = {
  id: "c",
  workspace_id: "w",
  name: "Robots",
  description: null,
  state: "active" as const,
  company_count: 20,
  contact_count: 0,
  researched_count: 0,
  failed_count: 0,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

export const run: ResearchRun = {
  id: "r",
  campaign_id: "c",
  status: "running",
  stages: ["company", "contacts"],
  spend_cap: null,
  afresh: false,
  jobs_from_cache: 0,
  created_at: "2026-01-02T00:00:00Z",
  finished_at: null,
};

/** How a run of 20 companies is doing that has just begun. */
export const progress: Progress = {
  at: "2026-01-02T00:00:00Z",
  run,
  stages: [],
  providers: {},
  spent: 0,
  source: null,
  companies_total: 20,
  companies_fed: 0,
  contacts_total: 0,
  rate_per_minute: 0,
  rates: [],
  eta_seconds: null,
  failures: [],
  engine: { ready: true, reason: null },
};

export const clay: Integration = { ...anyClay, id: "clay", header_secret_at: null };

export const job: ResearchJob = {
  id: 1,
  campaign_id: "c",
  company_id: "acme",
  contact_id: null,
  page: null,
  stage: "company",
  status: "completed",
  attempt: 1,
  batch_id: null,
  cached_at: null,
  polled_since: null,
  run_after: "2026-01-02T00:00:00Z",
  error_code: null,
  error_message: null,
  created_at: "2026-01-02T00:00:00Z",
  started_at: "2026-01-02T00:00:01Z",
  finished_at: "2026-01-02T00:00:02Z",
  company: { id: "acme", name: "Acme", domain: "acme.example" },
  contact: null,
};

class NeverResized {
  observe() {}
  disconnect() {}
}

/** What a member of the campaign's workspace sees of a part of its research page. */
export function showResearch(part: ReactNode, search = "") {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  client.setQueryData(campaignOptions("c").queryKey, campaign);
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [
    { id: "w", name: "Acme", role: "member", channel_key: "key" },
  ]);
  const routes = [
    { path: "/c/:campaignId/research", element: part },
    { path: "*", element: null },
  ];
  const router = createMemoryRouter(routes, {
    initialEntries: [`/c/c/research${search}`],
  });
  render(
    <QueryClientProvider client={client}>
      <ChannelKey value="key">
        <RouterProvider router={router} />
      </ChannelKey>
      <Toaster />
    </QueryClientProvider>,
  );
  return { client, router, user: userEvent.setup() };
}

// jsdom lays nothing out.
beforeAll(() => vi.stubGlobal("ResizeObserver", NeverResized));
afterEach(cleanup);
