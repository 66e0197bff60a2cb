/** Where the stage `discover` reads companies: pages of a list on the web or of an API. */
import * as z from "zod/mini";
import { selectorProblem } from "./selectors.ts";

/** What stands for the page's number in an address. */
export const PAGE_MARK = "{page}";
export const SOURCE_LIMITS = { url: 2_000, field: 300, pages: 10_000, firstPage: 1_000_000 } as const;
export const SOURCE_FORMATS = ["json", "html"] as const;

const field = z.optional(z.string().check(z.maxLength(SOURCE_LIMITS.field)));

/**
 * A source. With `{page}` in its address pages are numbered from `first_page` (1) on, otherwise each tells the `next`; at most
 * `max_pages` are read. The built-in web researcher needs `format` and how values are found: in JSON by paths like `data.items`, in
 * HTML by selectors like `a.title` or, for an attribute, `a.title@href`. Those of a company start from its item.
 */
export const source = z.strictObject({
  url: z.string().check(z.maxLength(SOURCE_LIMITS.url), z.regex(/^https?:\/\/\S+$/i)),
  format: z.optional(z.enum(SOURCE_FORMATS)),
  items: field,
  name: field,
  domain: field,
  website: field,
  /** The address of the next page. */
  next: field,
  first_page: z.optional(z.int().check(z.gte(0), z.lte(SOURCE_LIMITS.firstPage))),
  max_pages: z.optional(z.int().check(z.gte(1), z.lte(SOURCE_LIMITS.pages))),
});
export type Source = z.infer<typeof source>;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** The fields that say where a value is. */
export const SOURCE_FIELDS = ["items", "name", "domain", "website", "next"] as const;
export type SourceField = (typeof SOURCE_FIELDS)[number];

/** A field of an HTML source: the elements, and the attribute that has the value; null for their text. */
export function readHtmlField(field: string): { selector: string; attribute: string | null } {
  const [, selector, attribute] = /^(.*?)@([\w:-]+)$/s.exec(field.trim()) ?? [];
  return attribute === undefined
    ? { selector: field.trim(), attribute: null }
    : { selector: (selector ?? "").trim(), attribute: attribute.toLowerCase() };
}

/** Why values cannot be found by what a field says, as a sentence; null if they can. */
export function fieldProblem(format: SourceFormat, name: SourceField, field: string): string | null {
  if (format === "json") return null;
  const { selector, attribute } = readHtmlField(field);
  if (name === "items" && attribute !== null) return "Companies are elements of the page, not an attribute.";
  return selector === "" ? null : selectorProblem(selector);
}
