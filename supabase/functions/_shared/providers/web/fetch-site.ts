import { isIP } from "node:net";
import { OutboundError } from "../../outbound/errors.ts";
import { bareHost, type OutboundPolicy } from "../../outbound/policy.ts";
import type { ProxyPool } from "../../outbound/proxy-pool.ts";
import type { Resolver } from "../../outbound/target.ts";
import type { CompanySubject } from "../provider.ts";
import { type FetchContext, type FetchedPage, fetchPage } from "./fetch-page.ts";
import { DEFAULT_LIMITS, type WebLimits } from "./limits.ts";
import { isSameSite, type PageKind, type SubpageLink, subpageLinks } from "./links.ts";
import { type Page, readPage } from "./page.ts";
import { SiteError, toSiteError } from "./site-error.ts";
import { Stopwatch } from "./stopwatch.ts";

/** The pages of one company's site that were read: the home page first. */
export interface SitePages {
  pages: readonly Page[];
}

export interface FetchSiteOptions {
  policy: OutboundPolicy;
  proxies?: ProxyPool | undefined;
  limits?: WebLimits;
  signal?: AbortSignal;
  resolver?: Resolver;
  stopwatch?: Stopwatch;
}

/** Stages that read a company's site. */
export type SiteStage = "company" | "contacts";

const STAGE_KINDS: Record<SiteStage, ReadonlySet<PageKind>> = {
  company: new Set<PageKind>(["team", "about", "contact", "imprint", "portfolio"]),
  contacts: new Set<PageKind>(["team", "about", "contact", "imprint"]),
};

/** A longer website than this is no address of a company; robots.txt patterns are matched against all of it. */
const MAX_WEBSITE = 300;

/** Failures of one spelling of the address after which another spelling may still work. */
const TRY_NEXT = new Set(["dns_failed", "connect_failed", "tls_failed", "reset"]);

/**
 * Reads a company's home page and the pages of it that the stage needs. Throws SiteError when the home page cannot
 * be read; a subpage that cannot be read is left out. Rejects with the signal's reason when that is aborted.
 */
export async function fetchSite(
  subject: Pick<CompanySubject, "name" | "domain" | "website">,
  stage: SiteStage,
  options: FetchSiteOptions,
): Promise<SitePages> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const siteDeadline = AbortSignal.timeout(limits.siteTimeoutMs);
  const context: FetchContext = {
    policy: options.policy,
    proxies: options.proxies,
    limits,
    signal: options.signal ? AbortSignal.any([options.signal, siteDeadline]) : siteDeadline,
    robots: new Map(),
    stopwatch: options.stopwatch ?? new Stopwatch(),
    ...(options.resolver ? { resolver: options.resolver } : {}),
  };
  try {
    const home = await fetchHome(homeAddresses(subject), context);
    const subpages = await fetchSubpages(home, STAGE_KINDS[stage], context);
    options.signal?.throwIfAborted();
    return { pages: [home, ...subpages] };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (siteDeadline.aborted)
      throw new SiteError("timeout", "The site took too long to answer.", { passing: true });
    throw error;
  }
}

/** The spellings of a company's address to try, in order. Throws SiteError `no_website`. */
export function homeAddresses(subject: Pick<CompanySubject, "name" | "domain" | "website">): string[] {
  const text = (subject.website ?? subject.domain ?? "").trim();
  if (text === "") {
    throw new SiteError(
      "no_website",
      `${subject.name} has no website in this list, so there is nothing to read.`,
    );
  }
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (withScheme.length > MAX_WEBSITE || !URL.canParse(withScheme) || !/^https?:/i.test(withScheme)) {
    throw new SiteError("bad_url", `The website of ${subject.name} is not an address that can be opened.`);
  }
  const first = new URL(withScheme);
  const hasOneName = /^www\./.test(first.hostname) || isIP(bareHost(first.hostname)) !== 0;
  const hosts = hasOneName ? [first.host] : [first.host, `www.${first.host}`];
  const rest = first.pathname + first.search;
  const schemes = first.protocol === "http:" ? ["http", "https"] : ["https", "http"];
  return hosts.flatMap((host) => schemes.map((scheme) => `${scheme}://${host}${rest}`));
}

async function fetchHome(addresses: readonly string[], context: FetchContext): Promise<Page> {
  let first: SiteError | null = null;
  for (const address of addresses) {
    try {
      const fetched = await fetchPage(address, context);
      const page = context.stopwatch.time(() => readPage(fetched, "home"));
      if (isEmpty(page)) throw new SiteError("empty_page", `${page.url} is an empty page.`);
      return page;
    } catch (error) {
      if (context.signal.aborted) throw error;
      const siteError = toSiteError(error);
      if (!TRY_NEXT.has(siteError.code)) throw siteError;
      first ??= siteError;
    }
  }
  throw first ?? new SiteError("no_website", "There is no address to read.");
}

/** A page that says nothing: no text, and nothing in its head either. */
function isEmpty(page: Page): boolean {
  const head = ["description", "og:description", "og:site_name"].some((name) => page.meta.has(name));
  return !head && page.jsonLd.length === 0 && page.lines.every((line) => line.text === "");
}

async function fetchSubpages(
  home: Page,
  kinds: ReadonlySet<PageKind>,
  context: FetchContext,
): Promise<Page[]> {
  const host = new URL(home.url).hostname;
  const seen = new Set([home.url]);
  const pages: Page[] = [];
  let left = context.limits.subpages;
  let queue = subpageLinks(home.document, home.url, kinds);
  // A second round reads what only an about or team page links to.
  for (let round = 0; round < 2 && left > 0; round += 1) {
    const links = queue.filter((link) => !seen.has(link.url)).slice(0, left);
    for (const link of links) seen.add(link.url);
    left -= links.length;
    const fetched = await fetchLinks(links, host, context);
    for (const { page, kind } of fetched) {
      if (pages.some((other) => other.url === page.url) || page.url === home.url) continue;
      seen.add(page.url);
      pages.push(context.stopwatch.time(() => readPage(page, kind)));
    }
    queue = fetched.flatMap(({ page }) => subpageLinks(page.document, page.url, kinds));
  }
  return pages;
}

/** Fetches pages, a few at a time. What cannot be read costs its own values only. */
async function fetchLinks(
  links: readonly SubpageLink[],
  host: string,
  context: FetchContext,
): Promise<{ page: FetchedPage; kind: PageKind }[]> {
  const results = new Array<{ page: FetchedPage; kind: PageKind } | null>(links.length).fill(null);
  const entries = links.entries();
  const worker = async () => {
    for (const [index, link] of entries) {
      try {
        const page = await fetchPage(link.url, context);
        if (isSameSite(new URL(page.url), host)) results[index] = { page, kind: link.kind };
      } catch (error) {
        if (context.signal.aborted) return;
        if (!(error instanceof SiteError || error instanceof OutboundError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: context.limits.pagesAtOnce }, worker));
  return results.filter((result) => result !== null);
}
