import { type DiscoverResult, LIMITS } from "../../contracts/research.ts";
import { fieldProblem, SOURCE_FIELDS, type Source } from "../../contracts/sources.ts";
import { bareHost, findRule, type OutboundPolicy } from "../../outbound/policy.ts";
import { type FetchContext, fetchPage } from "../web/fetch-page.ts";
import { SiteError } from "../web/site-error.ts";
import { fetchJson } from "./fetch-json.ts";
import { readHtmlPage } from "./html-page.ts";
import { readJsonPage } from "./json-page.ts";
import type { SourcePage } from "./page.ts";

/** A page of a source to be read; `page` counts from 1. */
export interface PageToRead {
  page: number;
  url: string;
  source: Source;
}

/**
 * Reads the companies of a page. A page after the first that does not exist is the end of the source. Throws SiteError or
 * OutboundError.
 */
export async function readSource(
  { page, url, source }: PageToRead,
  context: FetchContext,
): Promise<DiscoverResult> {
  checkSource(source);
  try {
    const read =
      source.format === "json" ? await readJson(url, source, context) : await readHtml(url, source, context);
    return resultOf(read.page, read.url, context.policy);
  } catch (error) {
    if (page > 1 && error instanceof SiteError && error.code === "not_found")
      return { companies: [], has_more: false };
    throw error;
  }
}

function checkSource(source: Source): void {
  const { format } = source;
  if (format === undefined)
    throw new SiteError("bad_source", "The source does not say whether it is JSON or HTML.");
  for (const name of SOURCE_FIELDS) {
    const problem = source[name] === undefined ? null : fieldProblem(format, name, source[name]);
    if (problem !== null) throw new SiteError("bad_source", problem);
  }
}

async function readJson(url: string, source: Source, context: FetchContext) {
  const fetched = await fetchJson(url, context);
  const page = context.stopwatch.time(() => readJsonPage(fetched.body, source));
  if (page) return { page, url: fetched.url };
  const where = source.items === undefined ? "is no list" : `has no list at “${source.items}”`;
  throw new SiteError("no_items", `What ${fetched.url} answers ${where}. Correct where the companies are.`);
}

async function readHtml(url: string, source: Source, context: FetchContext) {
  const fetched = await fetchPage(url, context);
  return {
    page: context.stopwatch.time(() => readHtmlPage(fetched.document, fetched.url, source)),
    url: fetched.url,
  };
}

function resultOf(
  { itemCount, companies, next }: SourcePage,
  url: string,
  policy: OutboundPolicy,
): DiscoverResult {
  const nextUrl = itemCount === 0 || next === null ? null : nextAddress(next, url, policy);
  return { companies, has_more: itemCount > 0, ...(nextUrl !== null && { next_url: nextUrl }) };
}

/** Where the next page is; null if that is no address, or one that a page of somebody else may not lead to. */
export function nextAddress(next: string, page: string, policy: OutboundPolicy): string | null {
  if (/\s/.test(next) || !URL.canParse(next, page)) return null;
  const url = new URL(next, page);
  if (!/^https?:$/.test(url.protocol) || url.href.length > LIMITS.url || url.href === page) return null;
  const isExempt = ({ hostname, port, protocol }: URL) =>
    findRule(policy, bareHost(hostname), Number(port || (protocol === "http:" ? 80 : 443))) !== null;
  // Exceptions are for what this installation asks for itself: a public page may not lead into them.
  return isExempt(url) && !isExempt(new URL(page)) ? null : url.href;
}
