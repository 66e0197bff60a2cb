import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRowRefresher, MAX_IDS } from "./row-refresher";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A list on screen and the server behind it: `server` says what each row is now. */
function screen(visible: string[]) {
  const server = new Map(visible.map((id) => [id, 0]));
  const requests: string[][] = [];
  const shown = new Map<string, number>();
  const gone: string[] = [];
  const errors: unknown[] = [];
  const state = { visible, failing: false };
  const refresher = createRowRefresher<{ id: string; version: number }>({
    fetchRows: async (ids) => {
      requests.push(ids);
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (state.failing) throw new Error("network gone");
      return ids.flatMap((id) => {
        const version = server.get(id);
        return version === undefined ? [] : [{ id, version }];
      });
    },
    visibleIds: () => state.visible,
    apply: (fresh, missing) => {
      for (const row of fresh) shown.set(row.id, row.version);
      gone.push(...missing);
    },
    onError: (error) => errors.push(error),
  });
  return { server, requests, shown, gone, errors, state, refresher };
}

test("a burst of changes becomes at most one request per 300 ms and ends with the newest rows", async () => {
  const s = screen(["a", "b", "c"]);
  for (let version = 1; version <= 60; version += 1) {
    const id = ["a", "b", "c"][version % 3] ?? "a";
    s.server.set(id, version);
    s.refresher.markStale([id]);
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.runAllTimersAsync();
  expect(s.requests.length).toBeLessThanOrEqual(4);
  expect(s.shown).toEqual(new Map(s.server));
});

test("a row off screen is read when it is scrolled to, not before", async () => {
  const s = screen(["a"]);
  s.server.set("far", 7);
  s.refresher.markStale(["far"]);
  await vi.runAllTimersAsync();
  expect(s.requests).toEqual([]);
  s.state.visible = ["far"];
  s.refresher.visibleChanged();
  await vi.runAllTimersAsync();
  expect(s.shown.get("far")).toBe(7);
});

test("a change that arrives while the row is being read is read too", async () => {
  const s = screen(["a"]);
  s.refresher.markStale(["a"]);
  await vi.advanceTimersByTimeAsync(20);
  s.server.set("a", 2);
  s.refresher.markStale(["a"]);
  await vi.runAllTimersAsync();
  expect(s.requests).toEqual([["a"], ["a"]]);
  expect(s.shown.get("a")).toBe(2);
});

test("rows the server no longer has are reported gone", async () => {
  const s = screen(["a", "b"]);
  s.server.delete("b");
  s.refresher.markStale(["a", "b"]);
  await vi.runAllTimersAsync();
  expect(s.gone).toEqual(["b"]);
});

test("more rows than fit in a request are read in several", async () => {
  const ids = Array.from({ length: MAX_IDS + 50 }, (_, i) => `row ${i}`);
  const s = screen(ids);
  s.refresher.markStale(ids);
  await vi.runAllTimersAsync();
  expect(s.requests.map((r) => r.length)).toEqual([MAX_IDS, 50]);
  expect(s.shown.size).toBe(ids.length);
});

test("rows that could not be read are tried again by themselves, ever more rarely", async () => {
  const s = screen(["a"]);
  s.state.failing = true;
  s.refresher.markStale(["a"]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(s.requests.length).toBeGreaterThan(10);
  expect(s.requests.length).toBeLessThan(20);
  s.state.failing = false;
  await vi.runAllTimersAsync();
  expect([...s.shown.keys()]).toEqual(["a"]);
});

test("rows that could not be read are read at once when the server is there again", async () => {
  const s = screen(["a", "b"]);
  s.state.failing = true;
  s.refresher.markStale(["a"]);
  await vi.advanceTimersByTimeAsync(600_000);
  s.state.failing = false;
  s.refresher.markStale(["b"], true);
  await vi.advanceTimersByTimeAsync(100);
  expect([...s.shown.keys()].toSorted()).toEqual(["a", "b"]);
});
