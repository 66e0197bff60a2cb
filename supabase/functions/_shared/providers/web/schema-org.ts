import type { Document } from "domhandler";
import { getElementsByTagName, textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import { isJsonLd } from "./parse-html.ts";
import { clean } from "./text.ts";

/** A thing described in schema.org's words, from JSON-LD or microdata. */
export interface SchemaNode {
  /** Without the "https://schema.org/" in front. */
  types: readonly string[];
  props: ReadonlyMap<string, readonly SchemaValue[]>;
  /** The properties of other nodes that this one is the value of; "" when it also stands at the top. */
  relations: ReadonlySet<string>;
}
export type SchemaValue = string | SchemaNode;

const MAX_SCRIPTS = 40;
const MAX_SCRIPT = 256 * 1024;
const MAX_NODES = 2_000;
const MAX_DEPTH = 16;
const MAX_VALUES = 500;
const MAX_STRING = 5_000;

/** Every node of a page's JSON-LD blocks, nested ones included. A block that is not valid JSON counts as absent. */
export function jsonLdNodes(document: Document): SchemaNode[] {
  const reader = new JsonLdReader();
  const scripts = getElementsByTagName("script", document, true).filter(isJsonLd);
  for (const script of scripts.slice(0, MAX_SCRIPTS)) {
    const text = textContent(script);
    if (text.trim() === "" || text.length > MAX_SCRIPT) continue;
    const json = parseJson(text);
    if (json !== undefined) reader.read(json, "", 0);
  }
  return reader.nodes;
}

class JsonLdReader {
  readonly nodes: MutableNode[] = [];
  readonly #byId = new Map<string, MutableNode>();

  read(json: unknown, relation: string, depth: number): SchemaValue[] {
    if (depth > MAX_DEPTH || this.nodes.length >= MAX_NODES) return [];
    if (typeof json === "string") return plainText(json);
    if (typeof json === "number") return [String(json)];
    if (Array.isArray(json)) {
      return json.slice(0, MAX_VALUES).flatMap((item) => this.read(item, relation, depth + 1));
    }
    if (!isRecord(json)) return [];
    if ("@value" in json) return this.read(json["@value"], relation, depth + 1);
    if (Array.isArray(json["@graph"])) this.read(json["@graph"], relation, depth + 1);
    return [this.#node(json, relation, depth)];
  }

  #node(json: Record<string, unknown>, relation: string, depth: number): MutableNode {
    const id = typeof json["@id"] === "string" ? json["@id"] : null;
    const known = id === null ? undefined : this.#byId.get(id);
    const node: MutableNode = known ?? { types: [], props: new Map(), relations: new Set() };
    node.relations.add(relation);
    if (!known) this.nodes.push(node);
    if (id !== null) this.#byId.set(id, node);
    node.types = [...new Set([...node.types, ...typesOf(json["@type"])])];
    for (const [name, value] of Object.entries(json).slice(0, MAX_VALUES)) {
      if (name.startsWith("@")) continue;
      const values = this.read(value, name, depth + 1);
      if (values.length === 0) continue;
      node.props.set(name, [...(node.props.get(name) ?? []), ...values].slice(0, MAX_VALUES));
    }
    if (id !== null && !node.props.has("@id")) node.props.set("@id", [id]);
    return node;
  }
}

interface MutableNode extends SchemaNode {
  types: readonly string[];
  props: Map<string, readonly SchemaValue[]>;
  relations: Set<string>;
}

/** The first string under any of the names; a node there counts with its own name. */
export function firstText(node: SchemaNode, ...names: string[]): string | undefined {
  return allTexts(node, ...names)[0];
}

/** All strings under the names; nodes there count with their own names. */
export function allTexts(node: SchemaNode, ...names: string[]): string[] {
  return names.flatMap((name) =>
    (node.props.get(name) ?? []).flatMap((value) =>
      typeof value === "string"
        ? [value]
        : (value.props.get("name") ?? []).filter((part) => typeof part === "string"),
    ),
  );
}

/** The nodes under the names. */
export function childNodes(node: SchemaNode, ...names: string[]): SchemaNode[] {
  return names.flatMap((name) => (node.props.get(name) ?? []).filter((value) => typeof value !== "string"));
}

/** The bare type names of an `@type` or `itemtype`. */
export function typesOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : typeof value === "string" ? value.split(/\s+/) : [];
  return list
    .filter((item) => typeof item === "string")
    .slice(0, 20)
    .map((item) => item.replace(/^.*[/#:]/, ""));
}

/** Text out of a JSON string, in which many sites leave entities and tags. */
function plainText(value: string): string[] {
  const short = value.slice(0, MAX_STRING);
  const text = clean(/[&<]/.test(short) ? textContent(parseDocument(short)) : short, MAX_STRING);
  return text === "" ? [] : [text];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Invalid blocks are common and count as absent.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
