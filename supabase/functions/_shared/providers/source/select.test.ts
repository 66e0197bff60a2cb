import { selectAll } from "css-select";
import type { AnyNode, Element } from "domhandler";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseHtml } from "../web/parse-html.ts";
import { finderOf, outermost } from "./select.ts";

const element = (inside: fc.Arbitrary<string[]>) =>
  fc
    .tuple(fc.constantFrom("div", "p", "b"), fc.constantFrom("", "x", "y", "x y"), inside)
    .map(([name, classes, parts]) => `<${name} class="${classes}">${parts.join("")}</${name}>`);
const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, element(fc.constant([])), element(fc.array(tie("tree"), { maxLength: 3 }))),
})).tree;
const compound = fc.constantFrom(
  "div",
  "p",
  "b",
  "*",
  ".x",
  "b.y",
  "[class=x]",
  "div:first-child",
  ".x:last-child",
);
const selector = fc
  .tuple(compound, fc.array(fc.tuple(fc.constantFrom(" ", " > ", " + "), compound), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.flat().join(""));

it("a finder finds what css-select finds", () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 3 }), selector, (html, text) => {
      const document = parseHtml(html.join(""));
      const expected = new Set(selectAll<AnyNode, Element>(text, document));
      expect(new Set(finderOf(text)(document))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

it("what is inside something else that was found is left out", () => {
  const document = parseHtml("<div><p><div><b></b></div></p></div><div></div>");
  expect(outermost(finderOf("div")(document))).toHaveLength(2);
});

it("a deep page and a selector of many steps take no longer than a walk for each step", () => {
  const document = parseHtml("<div>".repeat(190) + "<b></b>".repeat(10_000));
  expect(finderOf(Array(11).fill("div").join(" ").concat(" i"))(document)).toEqual([]);
});
