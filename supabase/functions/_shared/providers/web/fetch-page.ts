import type { Document } from "domhandler";
import type { OutboundPolicy } from "../../outbound/policy.ts";
import type { ProxyPool } from "../../outbound/proxy-pool.ts";
import { type OutboundResponse, request } from "../../outbound/request.ts";
import { retryAfterMs } from "../../outbound/retry-after.ts";
import type { Resolver } from "../../outbound/target.ts";
import { USER_AGENT, type WebLimits } from "./limits.ts";
import { decodeHtml, parseHtml } from "./parse-html.ts";
import { fetchRobots, type Robots } from "./robots.ts";
import { SiteError } from "./site-error.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What every request for one site shares. */
export interface FetchContext {
  policy: OutboundPolicy;
  proxies?: ProxyPool | undefined;
  limits: WebLimits;
  signal: AbortSignal;
  resolver?: Resolver;
  /** Counts the time that parsing takes. */
  stopwatch: Stopwatch;
  /** robots.txt by origin, asked for once. */
  robots: Map<string, Promise<Robots>>;
}

/** A page that was read: where it was in the end, and its parsed document. */
export interface FetchedPage {
  url: string;
  document: Document;
}

const HTML_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;

/**
 * Reads one HTML page if robots.txt allows it, at its own address and at each address it redirects to.
 * Throws SiteError or OutboundError.
 */
export async function fetchPage(url: string, context: FetchContext): Promise<FetchedPage> {
  await checkRobots(new URL(url), context);
  const response = await request(url, {
    policy: context.policy,
    proxies: context.proxies,
    headers: {
      "user-agent": USER_AGENT,
      accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
      "accept-language": "en, *;q=0.5",
    },
    timeoutMs: context.limits.pageTimeoutMs,
    maxBytes: context.limits.pageBytes,
    maxRedirects: context.limits.maxRedirects,
    beforeRedirect: (to) => checkRobots(to, context),
    wantBody: (status, headers) => status < 300 && isHtml(headers),
    signal: context.signal,
    ...(context.resolver ? { resolver: context.resolver } : {}),
  });
  checkResponse(response);
  const document = context.stopwatch.time(() =>
    parseHtml(decodeHtml(response.body, response.headers["content-type"])),
  );
  return { url: response.url, document };
}

async function checkRobots(url: URL, context: FetchContext): Promise<void> {
  let robots = context.robots.get(url.origin);
  if (!robots) {
    robots = fetchRobots(url.origin, context);
    context.robots.set(url.origin, robots);
  }
  if ((await robots).allows(url)) return;
  throw new SiteError("robots_disallowed", `The robots.txt of ${url.host} asks not to read ${url.pathname}.`);
}

function checkResponse(response: OutboundResponse): void {
  checkStatus(response);
  if (!isHtml(response.headers)) {
    const type = response.headers["content-type"] ?? "unknown";
    throw new SiteError("not_html", `${response.url} is not a web page (its type is ${type.slice(0, 80)}).`);
  }
}

/** Throws a SiteError for a response that is not 2xx. */
export function checkStatus(response: OutboundResponse): void {
  const { status, url } = response;
  if (status === 404 || status === 410) {
    throw new SiteError("not_found", `${url} does not exist (status ${status}).`);
  }
  if (status >= 300 || status < 200) {
    throw new SiteError("http_error", `${url} answers with status ${status}.`, {
      passing: status >= 500 || status === 408 || status === 425 || status === 429,
      retryAfterMs: retryAfterMs(response),
    });
  }
}

/** A page without a content type is taken for HTML, as browsers would find out by looking. */
function isHtml(headers: Readonly<Record<string, string>>): boolean {
  const type = headers["content-type"];
  return type === undefined || HTML_TYPE.test(type);
}
