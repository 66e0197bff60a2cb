import { type ChildNode, type Document, type Element, isTag } from "domhandler";
import { textOf } from "./lines.ts";
import { type SchemaNode, type SchemaValue, typesOf } from "./schema-org.ts";
import { clean } from "./text.ts";

interface Item extends SchemaNode {
  props: Map<string, SchemaValue[]>;
}

const MAX_ITEMS = 1_000;
const MAX_VALUES = 200;

/** Every microdata or RDFa (`typeof`, `property`) item of a page, nested ones included, in the same shape as JSON-LD nodes. */
export function microdataNodes(document: Document): SchemaNode[] {
  const items: Item[] = [];
  for (const child of document.children) walk(child, null, items);
  return items;
}

function walk(node: ChildNode, scope: Item | null, items: Item[]): void {
  if (!isTag(node) || items.length >= MAX_ITEMS) return;
  const names = (node.attribs.itemprop ?? node.attribs.property ?? "")
    .split(/\s+/)
    .map((name) => name.replace(/^.*[/#:]/, ""))
    .filter((name) => name !== "");
  let inner = scope;
  if ("itemscope" in node.attribs || "typeof" in node.attribs) {
    const relations = new Set(scope && names.length > 0 ? names : [""]);
    inner = { types: typesOf(node.attribs.itemtype ?? node.attribs.typeof), props: new Map(), relations };
    items.push(inner);
    for (const name of names) add(scope, name, inner);
  } else {
    for (const name of names) add(scope, name, propertyValue(node, name));
  }
  for (const child of node.children) walk(child, inner, items);
}

function add(scope: Item | null, name: string, value: SchemaValue): void {
  if (!scope || value === "") return;
  const values = scope.props.get(name);
  if (!values) scope.props.set(name, [value]);
  else if (values.length < MAX_VALUES) values.push(value);
}

/** The value as the standard says, except that a name that is a link is its text, not the link's address. */
function propertyValue(element: Element, name: string): string {
  const { attribs } = element;
  if (attribs.content !== undefined) return clean(attribs.content, 5_000);
  if (element.name === "time" && attribs.datetime) return clean(attribs.datetime, 200);
  if ((element.name === "data" || element.name === "meter") && attribs.value)
    return clean(attribs.value, 200);
  const isText = /^(?:name|givenName|familyName|jobTitle|role|legalName|worksFor|description)$/i.test(name);
  const href = attribs.href;
  if (href !== undefined && !isText) return clean(href, 2_000).replace(/^(?:mailto|tel):/i, "");
  if (element.name === "img") return clean(isText ? (attribs.alt ?? "") : (attribs.src ?? ""), 2_000);
  return textOf(element, 5_000);
}
