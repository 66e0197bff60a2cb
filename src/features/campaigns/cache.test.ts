import { QueryClient } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";
import { cachedCampaigns, changeCampaigns, removeCached, replaceCached } from "./cache";
import { type Campaign, type CampaignPage, campaignKeys } from "./keys";

const campaign = (id: string, company_count = 0): Campaign => ({
  id,
  workspace_id: "w",
  name: id,
  description: null,
  state: "active",
  company_count,
  contact_count: 0,
  researched_count: 0,
  failed_count: 0,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
});

function filledCache() {
  const client = new QueryClient();
  const page = {
    rows: [campaign("a"), campaign("b")],
    next_cursor: "after b",
  };
  const listing = { filter: {}, sort: "created_at", direction: "desc" } as const;
  client.setQueryData(campaignKeys.list("w", listing), {
    pages: [page, { rows: [campaign("c")], next_cursor: null }],
    pageParams: [null, page.next_cursor],
  });
  client.setQueryData(campaignKeys.recent("w"), [campaign("a"), campaign("b")]);
  client.setQueryData(campaignKeys.detail("a"), campaign("a"));
  const read = () => ({
    list: client.getQueryData<{ pages: CampaignPage[] }>(campaignKeys.list("w", listing)),
    recent: client.getQueryData<Campaign[]>(campaignKeys.recent("w")),
    detail: client.getQueryData<Campaign>(campaignKeys.detail("a")),
  });
  return { client, read };
}

describe("the cached campaigns", () => {
  test("show new counters everywhere at once", () => {
    const { client, read } = filledCache();
    replaceCached(client, [campaign("a", 7)]);
    expect(read().list?.pages[0]?.rows[0]?.company_count).toBe(7);
    expect(read().recent?.[0]?.company_count).toBe(7);
    expect(read().detail?.company_count).toBe(7);
  });

  test("show a new name and keep the rest", () => {
    const { client, read } = filledCache();
    replaceCached(client, [{ ...campaign("a"), name: "Renamed" }]);
    expect(read().detail).toEqual({ ...campaign("a"), name: "Renamed" });
    expect(read().recent?.map(({ name }) => name)).toEqual(["Renamed", "b"]);
  });

  test("lose a deleted campaign from every list, and the next page can still be asked for", () => {
    const { client, read } = filledCache();
    removeCached(client, ["b"]);
    expect(read().list?.pages.map(({ rows }) => rows.map(({ id }) => id))).toEqual([["a"], ["c"]]);
    expect(read().list?.pages[0]?.next_cursor).toBe("after b");
    expect(read().recent?.map(({ id }) => id)).toEqual(["a"]);
  });

  test("keep their age, so that a list that is due is still refetched", () => {
    const { client } = filledCache();
    client.setQueryData(campaignKeys.recent("w"), [campaign("a")], { updatedAt: 1000 });
    replaceCached(client, [campaign("a", 7)]);
    expect(client.getQueryState(campaignKeys.recent("w"))?.dataUpdatedAt).toBe(1000);
  });

  test("are found wherever they are", () => {
    expect([...cachedCampaigns(filledCache().client).keys()]).toEqual(["a", "b", "c"]);
  });
});

test("a change that concerns nothing gives the same object back", () => {
  const rows = [campaign("a")];
  expect(changeCampaigns(rows, (row) => row)).toBe(rows);
});
