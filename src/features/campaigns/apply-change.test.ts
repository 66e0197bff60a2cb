// @vitest-environment jsdom
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { QueryClient } from "@tanstack/react-query";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Change } from "@/lib/changes";
import { startSupabase } from "@/lib/supabase";
import { applyChange } from "./apply-change";
import { type Campaign, campaignKeys } from "./keys";

/** What the server has. */
let stored: Campaign[] = [];
let requests = 0;
const server = createServer((_request, response) => {
  requests++;
  response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" });
  response.end(JSON.stringify(stored));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "key", mailbox: false });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  stored = [];
  requests = 0;
});

const campaign = (id: string, fields: Partial<Campaign> = {}): Campaign => ({
  id,
  workspace_id: "w",
  name: id,
  description: null,
  state: "active",
  company_count: 0,
  contact_count: 0,
  researched_count: 0,
  failed_count: 0,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  ...fields,
});

/** The campaign's page is open, and a list that holds it is on screen. */
function shown() {
  const client = new QueryClient();
  client.setQueryData(campaignKeys.detail("a"), campaign("a"));
  client.setQueryData(campaignKeys.recent("w"), [campaign("a"), campaign("b")]);
  return {
    apply: (operation: Change["operation"], ids: string[] | null) =>
      applyChange(client, "w", { table: "campaigns", operation, ids }),
    pageIsStale: () => client.getQueryState(campaignKeys.detail("a"))?.isInvalidated,
    listIsStale: () => client.getQueryState(campaignKeys.recent("w"))?.isInvalidated,
    listed: () => client.getQueryData<Campaign[]>(campaignKeys.recent("w"))?.map(({ name }) => name),
  };
}

test("an open page of a campaign that is being deleted is read again, and the campaign leaves the lists", async () => {
  const { apply, pageIsStale, listed } = shown();
  await apply("update", ["a"]);
  expect(pageIsStale()).toBe(true);
  expect(listed()).toEqual(["b"]);
});

test("so is one of a campaign that is gone", async () => {
  const { apply, pageIsStale, listed } = shown();
  await apply("delete", ["a"]);
  expect(pageIsStale()).toBe(true);
  expect(listed()).toEqual(["b"]);
});

test("after more changes than can be named both are read again", async () => {
  const { apply, pageIsStale, listIsStale } = shown();
  await apply("update", null);
  expect([pageIsStale(), listIsStale()]).toEqual([true, true]);
});

test("a new name is shown without reading lists, and tells which order it changes", async () => {
  const { apply, listed, listIsStale, pageIsStale } = shown();
  stored = [campaign("b", { name: "Zeta" })];
  expect(await apply("update", ["b"])).toEqual(["name"]);
  expect(listed()).toEqual(["a", "Zeta"]);
  expect([pageIsStale(), listIsStale()]).toEqual([false, false]);
});

test("a campaign that no list has loaded is not read, but may come up in the orders that change by themselves", async () => {
  const { apply } = shown();
  expect(await apply("update", ["c"])).toEqual(["updated_at", "company_count", "contact_count"]);
  expect(requests).toBe(0);
});

test("a change that moves nothing moves nothing", async () => {
  const { apply } = shown();
  stored = [campaign("b", { failed_count: 1 })];
  expect(await apply("update", ["b"])).toEqual([]);
});
