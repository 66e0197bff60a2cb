import { expect, test } from "vitest";
import { figuresOf } from "./financials";

test("figures are named and written as people read them, in the order of their names", () => {
  const origin = { source: "https://data.example/acme", at: "2026-11-22T10:00:00Z" };
  const figures = figuresOf({
    revenue: { value: 12_500_000, ...origin },
    founded: { value: 1987, ...origin },
    fund_size: { value: "200M", ...origin },
    listed: { value: false, ...origin },
    nothing: { value: "", ...origin },
  });
  expect(figures.map(({ name, value }) => [name, value])).toEqual([
    ["Founded", "1987"],
    ["Fund size", "200M"],
    ["Listed", "No"],
    ["Revenue", "12,500,000"],
  ]);
});
