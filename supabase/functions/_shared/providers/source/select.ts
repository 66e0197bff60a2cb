import { compile, selectAll } from "css-select";
import { type AnyNode, type Document, type Element, isTag } from "domhandler";
import { getChildren, nextElementSibling } from "domutils";
import { readSelector, type SelectorStep } from "../../contracts/selectors.ts";

type Root = Document | Element;

/** Finds the elements of a selector inside a node, in the order of the page. */
export type Finder = (root: Root) => Element[];

/**
 * The finder of a selector; one that is not understood finds nothing. Each step is looked up once in what the step before found, so that
 * no selector takes longer than a walk over the page for each of its steps.
 */
export function finderOf(selector: string): Finder {
  const steps = (readSelector(selector) ?? []).map(({ from, compound }) => {
    const matches = compile<AnyNode, Element>(compound);
    return from === "inside"
      ? (roots: readonly Root[]) =>
          outermost(roots).flatMap((root) => selectAll<AnyNode, Element>(matches, root))
      : (roots: readonly Root[]) => roots.flatMap((root) => beside(root, from)).filter(matches);
  });
  const [first, ...rest] = steps;
  if (!first) return () => [];
  return (root) => rest.reduce((found, step) => step(found), first([root]));
}

function beside(root: Root, from: Exclude<SelectorStep["from"], "inside">): Element[] {
  if (from === "children") return getChildren(root).filter(isTag);
  const next = isTag(root) ? nextElementSibling(root) : null;
  return next ? [next] : [];
}

/** Those of the nodes that are inside none of the others. */
export function outermost<Node extends Root>(nodes: readonly Node[]): Node[] {
  const all = new Set<AnyNode>(nodes);
  return nodes.filter((node) => {
    for (let parent: AnyNode | null = node.parent; parent; parent = parent.parent) {
      if (all.has(parent)) return false;
    }
    return true;
  });
}
