// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import { IntegrationSourceContext } from "@/components/record/integration-source";
import { SourceLink } from "@/components/record/source-note";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { clay } from "@/lib/test-integration";
import IntegrationSource from "./IntegrationSource";
import { type Integration, integrationsOptions } from "./queries";

afterEach(cleanup);

const id = "1b0f3a52-6f0e-4a7b-8a54-1f6f0e2f7c31";
const desk: Integration = { ...clay, id, name: "Enrichment desk", header_secret_at: null };

function show(source: string, integrations: Integration[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [
    { id: "w", name: "Ours", role: "viewer", channel_key: "key" },
  ]);
  client.setQueryData(integrationsOptions("w").queryKey, integrations);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <IntegrationSourceContext value={IntegrationSource}>
          <SourceLink source={source} />
        </IntegrationSourceContext>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return screen.getByRole("link");
}

test("a value of an integration names it and leads to it, also from where the app was before", () => {
  const link = show(`https://leads.example/settings/integrations/${id}`, [desk]);
  expect(link.textContent).toContain("Enrichment desk");
  expect(link.getAttribute("href")).toBe(`/settings/integrations/${id}`);
});

test.each([
  ["an integration of nobody here", `https://leads.example/settings/integrations/${id}`, []],
  ["a page of its own", `https://leads.example/settings/integrations/${id}/x`, [desk]],
  ["a page with a query", `https://leads.example/settings/integrations/${id}?next=evil`, [desk]],
])("%s stays an address", (_, source, integrations) => {
  const link = show(source, integrations);
  expect(link.getAttribute("href")).toBe(source);
  expect(link.textContent).toContain("leads.example/settings/integrations/");
});
