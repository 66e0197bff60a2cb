// @vitest-environment jsdom
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startSupabase } from "@/lib/supabase";
import { replaceCached } from "./cache";
import { type Campaign, campaignKeys } from "./keys";
import { useEditCampaign } from "./queries";

let asked: ServerResponse | undefined;
const headers = { "content-type": "application/json", "access-control-allow-origin": "*" };
/** A server that answers an edit when the test says so. */
const server = createServer((request, response) => {
  if (request.method === "PATCH") asked = response;
  else
    response
      .writeHead(204, {
        ...headers,
        "access-control-allow-headers": "*",
        "access-control-allow-methods": "*",
      })
      .end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "key", mailbox: false });
});
afterEach(() => {
  cleanup();
  asked = undefined;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const campaign = (id: string, name: string): Campaign => ({
  id,
  workspace_id: "w",
  name,
  description: null,
  state: "active",
  company_count: 0,
  contact_count: 0,
  researched_count: 0,
  failed_count: 0,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
});

/** An edit of the first of two listed campaigns, on its way to the server. */
async function editing() {
  const client = new QueryClient();
  const key = campaignKeys.recent("w");
  client.setQueryData(key, [campaign("a", "Alpha"), campaign("b", "Beta")]);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(useEditCampaign, { wrapper });
  act(() => result.current.mutate({ id: "a", name: "Anew ", description: "" }));
  await waitFor(() => expect(asked).toBeDefined());
  return {
    result,
    answer: (status: number, body: unknown) => asked?.writeHead(status, headers).end(JSON.stringify(body)),
    /** Somebody else renames a campaign. */
    hear: (id: string, name: string) => act(() => replaceCached(client, [campaign(id, name)])),
    listed: () => client.getQueryData<Campaign[]>(key)?.map(({ name }) => name),
  };
}

test("an edit that fails takes back nothing that others changed meanwhile", async () => {
  const { result, answer, hear, listed } = await editing();
  hear("a", "Renamed");
  hear("b", "Renamed too");
  answer(403, { code: "42501", message: "no" });
  await waitFor(() => expect(result.current.isError).toBe(true));
  expect(listed()).toEqual(["Renamed", "Renamed too"]);
});

test("an edit that is saved is in every list", async () => {
  const { result, answer, listed } = await editing();
  answer(200, campaign("a", "Anew"));
  await waitFor(() => expect(result.current.isSuccess).toBe(true));
  expect(listed()).toEqual(["Anew", "Beta"]);
});
