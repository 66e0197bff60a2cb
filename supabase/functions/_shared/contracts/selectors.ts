/** Selectors that people may give: a part of CSS that is looked up in time that grows with the page alone. */

/** One step of a selector: what it looks for, and where, seen from the step before. */
export interface SelectorStep {
  /** Anywhere inside, among the children, or right after. */
  from: "inside" | "children" | "after";
  /** Type, id, classes, attributes and :first-child, :last-child, :only-child: without combinators. */
  compound: string;
}

const MOST_STEPS = 12;

const NAME = String.raw`(?:[\w\u00b0-\uffff-]|\\[^\n])+`;
const VALUE = String.raw`(?:"[^"\\\n]*"|'[^'\\\n]*'|[\w\u00b0-\uffff-]+)`;
const QUALIFIER = String.raw`[#.]${NAME}|\[\s*[\w:-]+\s*(?:[~|^$*]?=\s*${VALUE}\s*)?\]|:(?:first|last|only)-child`;
const COMPOUND = new RegExp(
  String.raw`(?=[\w*#.\[:\u00b0-\uffff-])(?:\*|[a-z][\w-]*)?(?:${QUALIFIER})*`,
  "iy",
);
const COMBINATOR = /\s*([>+])\s*|\s+/y;

const PLACES: Readonly<Record<string, SelectorStep["from"]>> = { ">": "children", "+": "after" };

/** The steps of a selector from the outside in; null if it is not of the kind that is understood. */
export function readSelector(selector: string): SelectorStep[] | null {
  const text = selector.trim();
  const steps: SelectorStep[] = [];
  let from: SelectorStep["from"] = "inside";
  for (let at = 0; ; ) {
    COMPOUND.lastIndex = at;
    const compound = COMPOUND.exec(text)?.[0] ?? "";
    if (compound === "" || steps.length === MOST_STEPS) return null;
    steps.push({ from, compound });
    at += compound.length;
    if (at === text.length) return steps;
    COMBINATOR.lastIndex = at;
    const combinator = COMBINATOR.exec(text);
    if (!combinator) return null;
    from = PLACES[combinator[1] ?? ""] ?? "inside";
    at += combinator[0].length;
  }
}

/** Why a selector cannot be used, as a sentence; null if it can. */
export function selectorProblem(selector: string): string | null {
  if (readSelector(selector)) return null;
  return `“${selector.slice(0, 60)}” is not a selector that is understood. Use types, #ids, .classes, [attributes] and :first-child, combined by spaces, > and +.`;
}
