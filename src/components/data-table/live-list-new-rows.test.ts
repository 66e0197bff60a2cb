import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow, listsKey } from "./followed-list";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
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
