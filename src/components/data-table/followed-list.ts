import type { ListTotal } from "@contracts";
import { QueryClient } from "@tanstack/react-query";
import { createLiveList } from "./live-list";
import { flattenPages, type ListPages, onlyFirstPage } from "./pages";

interface Row {
  id: string;
  version: number;
}

export const listsKey = ["rows", "campaign"];
const queryKey = [...listsKey, "by name"];

/** A server with `count` rows in order, and a list that has loaded them in pages of 50. */
export function follow(count: number, { filtered = false, appends = false, more = false } = {}) {
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
