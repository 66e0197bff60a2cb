import type { Document } from "domhandler";
import { getElementsByTagName } from "domutils";
import type { FetchedPage } from "./fetch-page.ts";
import { hcardNodes } from "./hcard.ts";
import { type Line, linesOf } from "./lines.ts";
import { baseUrl, type PageKind } from "./links.ts";
import { microdataNodes } from "./microdata.ts";
import { jsonLdNodes, type SchemaNode } from "./schema-org.ts";
import { clean } from "./text.ts";

/** A page as the extractors read it. */
export interface Page {
  url: string;
  kind: PageKind;
  document: Document;
  /** What relative links start from. */
  base: URL;
  lines: readonly Line[];
  jsonLd: readonly SchemaNode[];
  /** Microdata items and hCards. */
  microdata: readonly SchemaNode[];
  /** `<meta>` values by lower-case name or property; the first of each. */
  meta: ReadonlyMap<string, string>;
}

/** Prepares a parsed page for extraction. */
export function readPage(page: FetchedPage, kind: PageKind): Page {
  const { document, url } = page;
  return {
    url,
    kind,
    document,
    base: baseUrl(document, new URL(url)),
    lines: linesOf(document),
    jsonLd: jsonLdNodes(document),
    microdata: [...microdataNodes(document), ...hcardNodes(document)],
    meta: metaOf(document),
  };
}

function metaOf(document: Document): Map<string, string> {
  const meta = new Map<string, string>();
  for (const element of getElementsByTagName("meta", document, true, 200)) {
    const name = (element.attribs.name ?? element.attribs.property ?? "").trim().toLowerCase();
    const content = clean(element.attribs.content ?? "", 5_000);
    if (name !== "" && content !== "" && !meta.has(name)) meta.set(name, content);
  }
  return meta;
}
