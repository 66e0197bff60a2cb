import type { ListTotal } from "@contracts";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLiveList } from "./live-list";
import { flattenPages, type ListPages, onlyFirstPage } from "./pages";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Row {
  id: string;
  version: number;
}

const listsKey = ["rows", "campaign"];
const queryKey = [...listsKey, "by name"];

/** A server with `count` rows in order, and a list that has loaded them in pages of 50. */
function follow(count: number, { filtered = false, appends = false, more = false } = {}) {
  const server = new Map<string, Row>();
  for (let i = 0; i < count; i += 1) server.set(`r${i}`, { id: `r${i}`, version: 0 });
  const client = new QueryClient();
  const all = [...server.values()];
  const pages = [];
  for (let from = 0; from === 0 || from < count; from += 50) {
    const rows = all.slice(from, from + 50);
    pages.push({
      rows,
      next_cursor: from + 50 < count || more ? `after ${from}` : null,
      start: from,
    });
  }
  client.setQueryData<ListPages<Row>>(queryKey, {
    pages,
    pageParams: pages.map(({ start }) => ({ cursor: start === 0 ? null : `after ${start}`, start })),
  });
  const totalKey = ["total", ...queryKey];
  client.setQueryData<ListTotal>(totalKey, { total: count, total_is_capped: false });
  const requests = { rows: [] as string[][], firsts: [] as number[], totals: 0 };
  const told = { newRows: [] as number[], behind: [] as boolean[] };
  const state = { failing: false, queryKey, beforeTotal: () => {} };
  const live = createLiveList<Row>({
    client,
    table: "companies",
    listsKey,
    parents: [
      { table: "parents", idOf: (row) => `parent of ${row.id}` },
      { table: "counters", idOf: (row) => `counter of ${row.id}`, counts: true },
    ],
    fetchRows: async (ids) => {
      requests.rows.push(ids);
      if (state.failing) throw new Error("network gone");
      return ids.flatMap((id) => server.get(id) ?? []);
    },
    view: () => ({
      list: {
        queryKey: state.queryKey,
        totalKey,
        fetchPage: async (cursor, size) => {
          if (cursor === null) requests.firsts.push(size);
          const from = cursor === null ? 0 : Number(cursor.replace("after ", ""));
          const rows = [...server.values()].slice(from, from + size);
          return { rows, next_cursor: from + size < server.size ? `after ${from + size}` : null };
        },
        fetchTotal: async () => {
          requests.totals += 1;
          state.beforeTotal();
          return { total: server.size, total_is_capped: false };
        },
      },
      filtered,
      appends,
    }),
    onNewRows: (rows) => told.newRows.push(rows),
    onBehind: (behind) => told.behind.push(behind),
  });
  const shown = () => flattenPages(client.getQueryData<ListPages<Row>>(queryKey)?.pages ?? []);
  const loadedPages = () => client.getQueryData<ListPages<Row>>(queryKey)?.pages ?? [];
  const forgetTotal = () => client.removeQueries({ queryKey: totalKey });
  const otherKey = [...listsKey, "by age"];
  const cacheOther = (rows: Row[]) =>
    client.setQueryData<ListPages<Row>>(otherKey, onlyFirstPage({ rows, next_cursor: null }));
  const other = () => flattenPages(client.getQueryData<ListPages<Row>>(otherKey)?.pages ?? []);
  const total = () => client.getQueryData<ListTotal>(totalKey)?.total;
  const change = (operation: "insert" | "update" | "delete", ids: string[] | null) =>
    live.changed([{ table: "companies", operation, ids }]);
  const beforeTotal = (act: () => void) => Object.assign(state, { beforeTotal: act });
  const showList = (key: string[]) => Object.assign(state, { queryKey: key });
  return {
    loadedPages,
    forgetTotal,
    cacheOther,
    other,
    beforeTotal,
    showList,
    server,
    live,
    requests,
    told,
    state,
    shown,
    total,
    change,
  };
}

test("one changed row costs one request for that row and the rest of the list stays as it is", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1", "r2"]);
  const before = f.shown();
  f.server.set("r1", { id: "r1", version: 1 });
  f.change("update", ["r1"]);
  await vi.runAllTimersAsync();
  expect(f.requests).toEqual({ rows: [["r1"]], firsts: [], totals: 0 });
  expect(f.shown()[1]).toEqual({ id: "r1", version: 1 });
  expect(f.shown().filter((row, i) => row !== before[i])).toHaveLength(1);
});

test("a change of the rows' parent is read for the rows that belong to it", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1", "r2"]);
  f.live.changed([{ table: "parents", operation: "update", ids: ["parent of r1"] }]);
  await vi.runAllTimersAsync();
  expect(f.requests).toEqual({ rows: [["r1"]], firsts: [], totals: 0 });
});

test("a list that only hears of counters reads the rows they belong to and counts what is new", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1"]);
  f.server.set("new", { id: "new", version: 0 });
  f.live.changed([{ table: "counters", operation: "update", ids: ["counter of r1"] }]);
  await vi.runAllTimersAsync();
  expect(f.requests.rows).toEqual([["r1"]]);
  expect(f.told.newRows.at(-1)).toBe(1);
});

test("changes of other tables are none of the list's business", async () => {
  const f = follow(120);
  f.live.show(["r0"]);
  f.live.changed([{ table: "contacts", operation: "update", ids: ["r0"] }]);
  await vi.runAllTimersAsync();
  expect(f.requests).toEqual({ rows: [], firsts: [], totals: 0 });
});

test("many changed rows are read as they come on screen, and the list keeps its place", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1"]);
  f.change("update", null);
  await vi.runAllTimersAsync();
  f.live.show(["r100", "r101"]);
  await vi.runAllTimersAsync();
  expect(f.requests.rows).toEqual([
    ["r0", "r1"],
    ["r100", "r101"],
  ]);
  expect(f.shown()).toHaveLength(120);
});

test("added rows are counted for the banner and not put into a long list", async () => {
  const f = follow(120);
  for (let i = 0; i < 12; i += 1) {
    f.server.set(`new ${i}`, { id: `new ${i}`, version: 0 });
    f.change("insert", [`new ${i}`]);
  }
  await vi.runAllTimersAsync();
  expect(f.told.newRows.at(-1)).toBe(12);
  expect(f.shown()).toHaveLength(120);
  expect(f.requests.firsts).toEqual([]);
  expect(f.requests.totals).toBeLessThanOrEqual(2);
});

test("rows added below what is loaded need no banner: the list is just longer", async () => {
  const f = follow(120, { appends: true, more: true });
  f.server.set("new", { id: "new", version: 0 });
  f.change("insert", ["new"]);
  await vi.runAllTimersAsync();
  expect(f.told.newRows.at(-1)).toBe(0);
  expect(f.total()).toBe(121);
});

test("rows added to a list in the order of adding that is loaded to its end are there to be scrolled to, without a banner", async () => {
  const f = follow(120, { appends: true });
  for (const id of ["new 1", "new 2"]) f.server.set(id, { id, version: 0 });
  f.change("insert", ["new 1", "new 2"]);
  await vi.runAllTimersAsync();
  expect(f.shown().map((row) => row.id)).toEqual([...f.server.keys()]);
  expect(f.told.newRows.at(-1)).toBe(0);
  expect(f.total()).toBe(122);
});

test("when more rows were added at the end than a page holds, the list goes on", async () => {
  const f = follow(120, { appends: true });
  for (let i = 0; i < 300; i += 1) f.server.set(`new ${i}`, { id: `new ${i}`, version: 0 });
  f.change("insert", null);
  await vi.runAllTimersAsync();
  expect(f.shown()).toHaveLength(150);
  expect(f.loadedPages().at(-1)?.next_cursor).toBe("after 150");
  expect(f.told.newRows.at(-1)).toBe(0);
});

test("a list whose length is not known yet is not said to have new rows", async () => {
  const f = follow(120);
  f.forgetTotal();
  f.change("insert", ["new"]);
  await vi.runAllTimersAsync();
  expect(f.told.newRows.at(-1)).toBe(0);
  expect(f.total()).toBe(120);
});

test("a short page with others after it is not taken for the whole list", async () => {
  const f = follow(3, { more: true });
  f.server.set("new", { id: "new", version: 0 });
  f.change("insert", ["new"]);
  await vi.runAllTimersAsync();
  expect(f.requests.firsts).toEqual([]);
  expect(f.shown()).toHaveLength(3);
  expect(f.told.newRows.at(-1)).toBe(1);
});

test("after many changes a list that is cached under another filter is read again when it is shown again", async () => {
  const f = follow(120);
  f.cacheOther([{ id: "other", version: 0 }]);
  f.server.set("other", { id: "other", version: 1 });
  f.change("update", null);
  f.live.show(["other"]);
  await vi.runAllTimersAsync();
  expect(f.other()).toEqual([{ id: "other", version: 1 }]);
});

test("rows that are nowhere loaded are not remembered", async () => {
  const f = follow(120);
  f.change("update", ["r500"]);
  f.live.show(["r500"]);
  await vi.runAllTimersAsync();
  expect(f.requests.rows).toEqual([]);
});

test("a count that arrives when another list is on screen says nothing about that one", async () => {
  const f = follow(120);
  f.server.set("new", { id: "new", version: 0 });
  f.beforeTotal(() => f.showList([...listsKey, "by age"]));
  f.change("insert", ["new"]);
  await vi.runAllTimersAsync();
  expect(f.requests.totals).toBe(1);
  expect(f.told.newRows).toEqual([]);
});

test("a short list shows added rows at once", async () => {
  const f = follow(3);
  f.server.set("new", { id: "new", version: 0 });
  f.change("insert", ["new"]);
  await vi.runAllTimersAsync();
  expect(f.shown().map((row) => row.id)).toEqual(["r0", "r1", "r2", "new"]);
});

test("an empty list fills when its first rows arrive", async () => {
  const f = follow(0);
  f.server.set("first", { id: "first", version: 0 });
  f.change("insert", null);
  await vi.runAllTimersAsync();
  expect(f.shown()).toHaveLength(1);
});

test("deleted rows go at once and the total follows", async () => {
  const f = follow(120);
  f.server.delete("r5");
  f.change("delete", ["r5"]);
  expect(f.shown()).toHaveLength(119);
  await vi.runAllTimersAsync();
  expect(f.total()).toBe(119);
});

test("after many deletions the rows on screen that are gone go, and the total is corrected", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1"]);
  for (let i = 1; i < 100; i += 1) f.server.delete(`r${i}`);
  f.change("delete", null);
  await vi.runAllTimersAsync();
  expect(f.shown().map((row) => row.id)).not.toContain("r1");
  expect(f.shown().map((row) => row.id)).toContain("r0");
  expect(f.total()).toBe(21);
});

test("in a filtered list an update can bring a row in, so the list is counted", async () => {
  const f = follow(120, { filtered: true });
  f.server.set("now matches", { id: "now matches", version: 1 });
  f.change("update", ["now matches"]);
  await vi.runAllTimersAsync();
  expect(f.told.newRows.at(-1)).toBe(1);
});

test("after a gap everything on screen is read again once and new rows are counted", async () => {
  const f = follow(120);
  f.live.show(["r0", "r1"]);
  f.server.set("r1", { id: "r1", version: 9 });
  f.server.set("new", { id: "new", version: 0 });
  f.live.missed();
  await vi.runAllTimersAsync();
  expect(f.requests.rows).toEqual([["r0", "r1"]]);
  expect(f.shown()[1]?.version).toBe(9);
  expect(f.told.newRows.at(-1)).toBe(1);
});

test("when rows cannot be read the list says so until it has caught up", async () => {
  const f = follow(120);
  f.live.show(["r0"]);
  f.state.failing = true;
  f.change("update", ["r0"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(f.told.behind.at(-1)).toBe(true);
  f.state.failing = false;
  await vi.runAllTimersAsync();
  expect(f.told.behind.at(-1)).toBe(false);
});
