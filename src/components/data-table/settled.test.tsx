// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { type RowScope, settledBy, useSettled } from "./settled";

interface Filter {
  q?: string;
  created_before?: string;
}

const day = Date.parse("2026-03-01");
const time = fc.integer({ min: 0, max: 1_000_000 });
const iso = (ms: number) => new Date(day + ms).toISOString();
/** As the server writes times, to the microsecond. */
const serverTime = (ms: number) => iso(ms).replace("Z", "999+00:00");
const page = (created_at: string[], total: number, total_is_capped = false) => ({
  rows: created_at.map((at) => ({ created_at: at })),
  next_cursor: null,
  total,
  total_is_capped,
});

afterEach(cleanup);

test("what is done reaches the rows that were counted and none that are added later, or that an earlier end left out", () => {
  fc.assert(
    fc.property(time, fc.option(time, { nil: undefined }), (newest, before) => {
      const filter: Filter = before === undefined ? {} : { created_before: iso(before) };
      const end = Date.parse(settledBy(filter, page([serverTime(newest)], 60)).filter.created_before ?? "");
      expect(end).toBe(day + Math.min(newest + 1, before ?? Number.POSITIVE_INFINITY));
    }),
  );
});

test("everything else that narrows stays, and a count that stopped early is no number", () => {
  expect(settledBy<Filter>({ q: "x" }, page([serverTime(0)], 60))).toEqual({
    filter: { q: "x", created_before: iso(1) },
    total: 60,
  });
  expect(settledBy<Filter>({}, page([serverTime(0)], 10_000, true)).total).toBeNull();
  expect(settledBy<Filter>({ q: "x" }, page([], 0))).toEqual({ filter: { q: "x" }, total: 0 });
});

function Question({ scope }: { scope: RowScope<Filter> }) {
  const { rows, ready, error } = useSettled(scope);
  return <p>{error ? error.message : ready ? `Delete ${rows.total}?` : `Delete ${rows.total ?? "some"}…`}</p>;
}
function ask(scope: RowScope<Filter>) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <Question scope={scope} />
    </QueryClientProvider>,
  );
}

test("a question names the number that is counted for it, not the one the list showed", async () => {
  ask({ filter: {}, total: 60, settle: async () => ({ filter: {}, total: 10_060 }) });
  expect(screen.getByText("Delete some…")).toBeDefined();
  expect(await screen.findByText("Delete 10060?")).toBeDefined();
});

test("a question about picked rows can be answered at once", () => {
  ask({ filter: {}, total: 2 });
  expect(screen.getByText("Delete 2?")).toBeDefined();
});

test("when the rows cannot be counted the question says so and stays open", async () => {
  ask({ filter: {}, total: 60, settle: () => Promise.reject(new Error("Server gone")) });
  expect(await screen.findByText("Server gone")).toBeDefined();
});
