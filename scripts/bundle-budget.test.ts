import { describe, expect, test } from "vitest";
import { type ChunkSummary, firstLoad } from "./bundle-budget.ts";

const chunk = (name: string, gzipBytes: number, imports: string[] = [], isEntry = false): ChunkSummary => ({
  fileName: `${name}.js`,
  name,
  gzipBytes,
  imports: imports.map((file) => `${file}.js`),
  isEntry,
});

const chunks = [
  chunk("main", 100, ["react"], true),
  chunk("react", 50, ["shared"]),
  chunk("shared", 5, ["react"]),
  chunk("Page", 20, ["shared", "table"]),
  chunk("table", 7),
  chunk("Other", 1000),
];

describe("firstLoad", () => {
  test("counts the entry and what it imports, also in circles", () => {
    expect(firstLoad(chunks, [])).toBe(155);
  });

  test("adds a page's own chunk and its imports, each once", () => {
    expect(firstLoad(chunks, ["Page"])).toBe(182);
  });

  test("refuses a page that is not in the build, so that a renamed one is not skipped", () => {
    expect(() => firstLoad(chunks, ["Gone"])).toThrow("no chunk named Gone");
  });
});
