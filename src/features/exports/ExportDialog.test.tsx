// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { campaignOptions } from "@/features/campaigns/queries";
import ExportDialog from "./ExportDialog";

afterEach(cleanup);

function exporting(total: number | null) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const { queryKey } = campaignOptions("c");
  client.setQueryData(queryKey, {
    id: "c",
    workspace_id: "w",
    name: "Robots",
    description: null,
    state: "active",
    company_count: 0,
    contact_count: 0,
    researched_count: 0,
    failed_count: 0,
    created_at: "2026-01-01",
    updated_at: "2026-01-01",
  });
  const order = { sort: "name", direction: "asc" } as const;
  const settle = async () => ({ filter: {}, total });
  render(
    <QueryClientProvider client={client}>
      <ExportDialog
        request={{ campaignId: "c", kind: "companies", filter: {}, total: null, settle, ...order }}
        onClose={() => {}}
      />
    </QueryClientProvider>,
  );
  return screen.getByRole("button", { name: "Download CSV" });
}

test.each([10_001, null])("a list of %s rows is refused before anything is asked for", async (total) => {
  const download = exporting(total);
  expect(await screen.findByText("Too many rows for one download")).toBeDefined();
  expect(download).toHaveProperty("disabled", true);
});

test("a list of 10,000 rows can be downloaded", async () => {
  const download = exporting(10_000);
  await waitFor(() => expect(download).toHaveProperty("disabled", false));
  expect(screen.queryByText("Too many rows for one download")).toBeNull();
});
