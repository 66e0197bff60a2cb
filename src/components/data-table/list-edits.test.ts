import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { editLists, isReading } from "./list-edits";
import { jumpTo } from "./list-jump";
import { type ListSource, listPagesOptions } from "./list-query";
import { createLiveList } from "./live-list";
import { dropFromPages, flattenPages, type ListPages, patchRow } from "./pages";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Row {
  id: string;
  name: string;
}

/** A list of rows "0" to "9" in pages of two; every answer waits until it is let go, and holds what the server had when asked. */
function list() {
  const server = new Map(Array.from({ length: 10 }, (_, i) => [`${i}`, { id: `${i}`, name: "old" }]));
  const held: (() => void)[] = [];
  const rowReads: string[][] = [];
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const source: ListSource<Row> = {
    queryKey: ["rows", "c", "list"],
    totalKey: ["rows", "c", "total"],
    fetchPage: async (cursor) => {
      const from = Number(cursor ?? 0);
      const rows = [...server.values()].slice(from, from + 2);
      await new Promise<void>((resolve) => held.push(resolve));
      return { rows, next_cursor: `${from + 2}`, prev_cursor: from === 0 ? null : `${from - 2}` };
    },
    fetchTotal: async () => ({ total: 10, total_is_capped: false }),
    fetchPlace: async (row) => `${row}`,
  };
  const observer = new InfiniteQueryObserver(client, listPagesOptions(source));
  const stop = observer.subscribe(() => {});
  const rows = () =>
    flattenPages(client.getQueryData<ListPages<Row>>(source.queryKey)?.pages ?? []).map(
      ({ id, name }) => `${id} ${name}`,
    );
  const letGo = async () => {
    for (const go of held.splice(0)) go();
    await vi.advanceTimersByTimeAsync(1_000);
  };
  const rename = (id: string, name: string) =>
    editLists<Row>(client, { queryKey: ["rows"] }, (data) => patchRow(data, id, { name }));
  const remove = (id: string) =>
    editLists<Row>(client, { queryKey: ["rows"] }, (data) => dropFromPages(data, new Set([id])));
  const live = () =>
    createLiveList<Row>({
      client,
      table: "rows",
      listsKey: ["rows", "c", "list"],
      parents: [],
      fetchRows: async (ids) => {
        rowReads.push(ids);
        return ids.flatMap((id) => server.get(id) ?? []);
      },
      view: () => ({ list: source, filtered: false, appends: false }),
      onNewRows: () => {},
      onBehind: () => {},
    });
  return { client, source, server, observer, stop, rows, letGo, rename, remove, live, rowReads };
}

test("what is changed and deleted while the next page is under way is still so when it has come", async () => {
  const f = list();
  await f.letGo();
  void f.observer.fetchNextPage();
  f.rename("0", "new");
  f.remove("1");
  await f.letGo();
  expect(f.rows()).toEqual(["0 new", "2 old", "3 old"]);
});

test("the page that comes is shown with the changes made since it was asked for", async () => {
  const f = list();
  await f.letGo();
  void f.observer.fetchNextPage();
  f.rename("2", "new");
  f.remove("3");
  await f.letGo();
  expect(f.rows()).toEqual(["0 old", "1 old", "2 new"]);
});

test("a failed edit that is taken back while a page is under way is taken back", async () => {
  const f = list();
  await f.letGo();
  void f.observer.fetchNextPage();
  f.rename("0", "new");
  f.rename("0", "old");
  await f.letGo();
  void f.observer.fetchNextPage();
  await f.letGo();
  expect(f.rows().slice(0, 2)).toEqual(["0 old", "1 old"]);
});

test("a list that is left while a page is under way keeps the changes", async () => {
  const f = list();
  await f.letGo();
  void f.observer.fetchNextPage();
  f.rename("0", "new");
  f.remove("1");
  f.stop();
  await f.letGo();
  expect(f.rows()).toEqual(["0 new"]);
  expect(isReading(f.client, { queryKey: ["rows"] })).toBe(false);
});

test("a jump keeps what was deleted on the way, and no page of the place before comes back", async () => {
  const f = list();
  await f.letGo();
  const jumping = jumpTo(f.client, f.source, 4, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(0);
  void f.observer.fetchNextPage();
  f.remove("5");
  await f.letGo();
  await jumping;
  expect(f.rows()).toEqual(["4 old"]);
});

test("a row that changed while its page was under way is read when the page is there", async () => {
  const f = list();
  await f.letGo();
  const live = f.live();
  void f.observer.fetchNextPage();
  f.server.set("2", { id: "2", name: "new" });
  live.changed([{ table: "rows", operation: "update", ids: ["2", "9"] }]);
  await f.letGo();
  live.show(["2", "3"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(f.rowReads).toEqual([["2"]]);
  expect(f.rows()).toContain("2 new");
});

test("what was missed before the first page came is read when it is there", async () => {
  const f = list();
  const live = f.live();
  live.show(["0"]);
  f.server.set("0", { id: "0", name: "new" });
  live.missed();
  await vi.advanceTimersByTimeAsync(1_000);
  await f.letGo();
  expect(f.rows()[0]).toBe("0 new");
});
