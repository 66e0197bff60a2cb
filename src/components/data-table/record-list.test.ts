import { FIRST_PAGE_SIZE, NEXT_PAGE_SIZE } from "@contracts";
import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { listPagesOptions, listTotalOptions } from "./list-query";
import { FIRST_PAGE, flattenPages, type ListPages } from "./pages";
import { recordKeys, recordList } from "./record-list";

interface Plant {
  id: string;
  name: string;
  created_at: string;
}
type PlantFilter = { q?: string; created_before?: string };

const created_at = "2026-01-01T00:00:00.000400+00:00";

const byName = { by: "name", direction: "asc" } as const;
const keys = recordKeys<PlantFilter>("plants");

/** A campaign "c" of plants as the server has them; every page has two. */
function plants() {
  const asked: unknown[] = [];
  const garden = ["1", "2", "3"].map((id): Plant => ({ id, name: `Plant ${id}`, created_at }));
  const list = recordList<Plant, PlantFilter>({
    table: "plants",
    keys,
    readPage: async (request) => {
      asked.push(request);
      return request.cursor === undefined
        ? { rows: garden.slice(0, 2), next_cursor: "after 2", total: 3 }
        : { rows: garden.slice(2), next_cursor: null };
    },
    readTotal: async () => ({ total: 3, total_is_capped: false }),
    readPlace: async (_request, row) => `after ${row}`,
    campaignOf: () => "c",
    readRows: async (scope, ids) => {
      asked.push([scope, ids]);
      return garden.filter(({ id }) => ids.includes(id));
    },
  });
  return { list, asked };
}

test("a list is read page by page, each from the cursor of the one before", async () => {
  const { list, asked } = plants();
  const client = new QueryClient();
  const data = await client.fetchInfiniteQuery({
    ...listPagesOptions(list.list({ campaign_id: "c" }, { q: "fern" }, byName)),
    pages: 2,
  });
  expect(flattenPages(data.pages).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  const request = {
    campaign_id: "c",
    filter: { q: "fern" },
    sort: "name",
    direction: "asc",
    with_total: false,
  };
  expect(asked).toEqual([
    { ...request, page_size: FIRST_PAGE_SIZE },
    { ...request, page_size: NEXT_PAGE_SIZE, cursor: "after 2" },
  ]);
});

test("the total that comes with the first page is not asked for again", async () => {
  const { list } = plants();
  const client = new QueryClient();
  const source = list.list({ campaign_id: "c" }, {}, byName);
  await client.fetchInfiniteQuery(
    listPagesOptions({ ...source, fetchTotal: () => Promise.reject(new Error("asked")) }),
  );
  expect(await client.fetchQuery(listTotalOptions(source))).toEqual({ total: 3, total_is_capped: false });
});

test("a list of a workspace is told of its campaigns, one by relevance has no places", () => {
  const { list } = plants();
  const source = list.liveSource(new QueryClient(), { workspace_id: "w" });
  expect(source.parents.map(({ table }) => table)).toEqual(["campaigns"]);
  const ranked = list.list({ workspace_id: "w" }, { q: "fern" }, { by: "relevance", direction: "desc" });
  expect(ranked.fetchPlace).toBeUndefined();
});

test("changed records are read by id each time, never from the cache", async () => {
  const { list, asked } = plants();
  const source = list.liveSource(new QueryClient(), { campaign_id: "c" });
  expect(await source.fetchRows(["2", "9"])).toEqual([{ id: "2", name: "Plant 2", created_at }]);
  await source.fetchRows(["2", "9"]);
  expect(asked).toEqual([
    [{ campaign_id: "c" }, ["2", "9"]],
    [{ campaign_id: "c" }, ["2", "9"]],
  ]);
});

test("a change shows in every cached list that holds the record, also a workspace's, and in the open panel", () => {
  const { list } = plants();
  const client = new QueryClient();
  const all = keys.list("c", {}, byName);
  const searched = keys.list("c", { q: "plant" }, byName);
  const ofWorkspace = keys.list("w", {}, byName);
  for (const key of [all, searched, ofWorkspace]) {
    client.setQueryData<ListPages<Plant>>(key, {
      pages: [
        {
          rows: [
            { id: "1", name: "Plant 1", created_at },
            { id: "2", name: "Plant 2", created_at },
          ],
          next_cursor: null,
          start: 0,
        },
      ],
      pageParams: [FIRST_PAGE],
    });
  }
  client.setQueryData(keys.detail("c", "1"), { id: "1", name: "Plant 1", created_at });

  list.patch(client, "c", "1", { name: "Fern" });

  const names = (key: readonly unknown[]) =>
    flattenPages(client.getQueryData<ListPages<Plant>>(key)?.pages ?? []).map((row) => row.name);
  expect(names(all)).toEqual(["Fern", "Plant 2"]);
  expect(names(searched)).toEqual(["Fern", "Plant 2"]);
  expect(names(ofWorkspace)).toEqual(["Fern", "Plant 2"]);
  expect(client.getQueryData<Plant>(keys.detail("c", "1"))?.name).toBe("Fern");
});

test("before something is done to all that match they are counted anew, up to the newest", async () => {
  const { list, asked } = plants();
  const { signal } = new AbortController();
  expect(await list.settle({ campaign_id: "c" }, { q: "fern" }, signal)).toEqual({
    filter: { q: "fern", created_before: "2026-01-01T00:00:00.001Z" },
    total: 3,
  });
  expect(asked).toEqual([
    {
      campaign_id: "c",
      filter: { q: "fern" },
      sort: "created_at",
      direction: "desc",
      page_size: 1,
      with_total: true,
    },
  ]);
});
