import { compile } from "css-select";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readSelector, selectorProblem } from "./selectors.ts";

it.each([
  ["tr", [{ from: "inside", compound: "tr" }]],
  [
    " ul.companies > li a[href^='/c/']:first-child + b ",
    [
      { from: "inside", compound: "ul.companies" },
      { from: "children", compound: "li" },
      { from: "inside", compound: "a[href^='/c/']:first-child" },
      { from: "after", compound: "b" },
    ],
  ],
  [
    "#list>*",
    [
      { from: "inside", compound: "#list" },
      { from: "children", compound: "*" },
    ],
  ],
  [".md\\:flex.größe", [{ from: "inside", compound: ".md\\:flex.größe" }]],
])("%j is understood", (selector, steps) => {
  expect(readSelector(selector)).toEqual(steps);
  expect(selectorProblem(selector)).toBeNull();
});

it.each([
  "",
  "> li",
  "li >",
  "a, b",
  "a ~ b",
  "a::before",
  ":has(a)",
  "li:nth-child(2)",
  "a:not(.b)",
  "[href=a b]",
  "1a",
  "a  > > b",
  Array(13).fill("a").join(" "),
])("%j is refused, with what is understood instead", (selector) => {
  expect(readSelector(selector)).toBeNull();
  expect(selectorProblem(selector)).toContain("is not a selector that is understood");
});

it("whatever is understood can be looked up", () => {
  const part = fc.constantFrom(
    "a",
    "*",
    ".b",
    "#c-1",
    "[d]",
    "[e=f]",
    '[g*="h i"]',
    ":last-child",
    ".ü",
    "\\",
    ">",
    " ",
    "+",
    "]",
    ":",
    ".",
    "-",
    "_",
    "1",
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
      (selector) => {
        for (const { compound } of readSelector(selector) ?? []) compile(compound);
      },
    ),
    { numRuns: 2_000 },
  );
});
