import type { Document, Element } from "domhandler";
import { readHtmlField, type Source } from "../../contracts/sources.ts";
import { textOf } from "../web/lines.ts";
import { baseUrl } from "../web/links.ts";
import { checkCount, companyOf, type SourcePage } from "./page.ts";
import { type Finder, finderOf, outermost } from "./select.ts";

/** Attributes that hold addresses: they are read from where they stand. */
const ADDRESSES = new Set(["href", "src"]);

/** The companies of a web page at `url`. */
export function readHtmlPage(document: Document, url: string, source: Source): SourcePage {
  const base = baseUrl(document, new URL(url));
  const name = readerOf(source.name, base);
  const domain = readerOf(source.domain, base, true);
  const website = readerOf(source.website, base, true);
  const items = outermost(finderOf(source.items ?? "")(document));
  checkCount(items.length);
  return {
    itemCount: items.length,
    companies: items.flatMap((item) => companyOf(name(item), domain(item), website(item))),
    next: readerOf(source.next, base, true)(document),
  };
}

/** Reads a field within a node: its attribute; else of a link that is to give an address where it leads, else its text. */
function readerOf(
  field: string | undefined,
  base: URL,
  isAddress = false,
): (within: Document | Element) => string | null {
  if (field === undefined) return () => null;
  const { selector, attribute } = readHtmlField(field);
  const find: Finder =
    selector === "" ? (within) => ("attribs" in within ? [within] : []) : finderOf(selector);
  return (within) => {
    const [element] = find(within);
    if (element === undefined) return null;
    const name = attribute ?? (isAddress && element.attribs.href !== undefined ? "href" : null);
    if (name === null) return textOf(element);
    const value = element.attribs[name] ?? null;
    if (value === null || !ADDRESSES.has(name)) return value;
    return URL.canParse(value, base) ? new URL(value, base).href : null;
  };
}
