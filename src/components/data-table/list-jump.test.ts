import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { jumpTo } from "./list-jump";
import { type ListSource, listPagesOptions } from "./list-query";
import { flattenPages, type ListPages, loadedFrom, nextPlace, placeBefore } from "./pages";

interface Row {
  id: string;
}

/** A list of `count` rows whose cursors are row numbers, and its first page in the cache. */
async function listOf(count: number) {
  const server = { count, places: [] as number[] };
  const client = new QueryClient();
  const source: ListSource<Row> = {
    queryKey: ["rows"],
    totalKey: ["total"],
    fetchPage: async (cursor, size) => {
      const from = Number(cursor ?? 0);
      const length = Math.max(0, Math.min(size, server.count - from));
      return {
        rows: Array.from({ length }, (_, at) => ({ id: `${from + at}` })),
        next_cursor: from + length < server.count ? `${from + length}` : null,
        prev_cursor: cursor === null ? null : `before ${from}`,
      };
    },
    fetchTotal: async () => ({ total: server.count, total_is_capped: false }),
    fetchPlace: async (row) => {
      server.places.push(row);
      return `${row}`;
    },
  };
  await client.fetchInfiniteQuery(listPagesOptions(source));
  const loaded = () => {
    const { pages } = client.getQueryData<ListPages<Row>>(source.queryKey) ?? { pages: [] };
    const rows = flattenPages(pages);
    return { from: loadedFrom(pages), first: rows[0]?.id, last: rows.at(-1)?.id, pages };
  };
  const jump = (row: number, signal = new AbortController().signal) => jumpTo(client, source, row, signal);
  return { server, jump, loaded };
}

test("a jump loads the rows from there on, and pages follow and precede them", async () => {
  const { jump, loaded } = await listOf(1_000_000);
  await jump(700_000);
  const { from, first, last, pages } = loaded();
  expect({ from, first, last }).toEqual({ from: 700_000, first: "700000", last: "700199" });
  expect(nextPlace(pages)).toEqual({ cursor: "700200", start: 700_200 });
  expect(placeBefore(pages)).toEqual({ cursor: "before 700000", end: 700_000 });
});

test("the top of the list needs no place", async () => {
  const { server, jump, loaded } = await listOf(1_000);
  await jump(700);
  await jump(0);
  expect(server.places).toEqual([700]);
  expect(loaded()).toMatchObject({ from: 0, first: "0" });
});

test("a list that has become shorter shows its end", async () => {
  const { server, jump, loaded } = await listOf(1_000);
  server.count = 500;
  await jump(900);
  expect(loaded()).toMatchObject({ from: 300, first: "300", last: "499" });
});

test("a jump that was given up changes nothing", async () => {
  const { jump, loaded } = await listOf(1_000);
  const controller = new AbortController();
  const jumping = jump(700, controller.signal);
  controller.abort();
  await expect(jumping).rejects.toThrow("aborted");
  expect(loaded()).toMatchObject({ from: 0, first: "0", last: "49" });
});
