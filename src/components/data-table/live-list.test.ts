import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow } from "./followed-list";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

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
