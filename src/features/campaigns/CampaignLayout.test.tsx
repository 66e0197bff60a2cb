// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import { RequestError } from "@/lib/errors";
import { CampaignLayout } from "./CampaignLayout";
import { campaignOptions } from "./queries";

afterEach(cleanup);

test("a campaign that is deleted while its page is open says so under its name", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const { queryKey } = campaignOptions("c");
  client.setQueryData(queryKey, {
    id: "c",
    workspace_id: "w",
    name: "Robots",
    description: null,
    state: "deleting",
    company_count: 0,
    contact_count: 0,
    researched_count: 0,
    failed_count: 0,
    created_at: "2026-01-01",
    updated_at: "2026-01-01",
  });
  const gone = new RequestError("This campaign does not exist.", { status: 404, code: "not_found" });
  client.getQueryCache().find({ queryKey })?.setState({ status: "error", error: gone });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={["/c/c/companies"]}>
        <CampaignLayout campaignId="c" actions={null} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(screen.getByText("This campaign was deleted")).toBeDefined();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Robots");
  expect(screen.getByRole("link", { name: "All campaigns" })).toBeDefined();
});
