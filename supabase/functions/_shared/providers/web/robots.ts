import robotsParser from "robots-parser";
import { type OutboundResponse, request } from "../../outbound/request.ts";
import { retryAfterMs } from "../../outbound/retry-after.ts";
import type { FetchContext } from "./fetch-page.ts";
import { ROBOT_NAME, USER_AGENT } from "./limits.ts";
import { SiteError } from "./site-error.ts";

/** What one origin's robots.txt says to us. */
export interface Robots {
  allows(url: URL): boolean;
}

/** RFC 9309 asks for at least 500 KiB to be read. */
const ROBOTS_BYTES = 512 * 1024;
/** Bounds the work of matching: more rules for one robot, or longer ones, are not written by people. */
const MAX_RULES = 1_000;
const MAX_RULE_LENGTH = 300;
/** Wildcards are matched against every position of the path. A cut pattern covers more, never less. */
const MAX_PATTERN_LENGTH = 100;

/**
 * Reads an origin's robots.txt. As RFC 9309 says: none (4xx) allows everything, a broken server (5xx, 429)
 * allows nothing for now, which is a passing SiteError. A host that cannot be reached throws its OutboundError.
 */
export async function fetchRobots(origin: string, context: FetchContext): Promise<Robots> {
  const url = `${origin}/robots.txt`;
  const response = await request(url, {
    policy: context.policy,
    proxies: context.proxies,
    headers: { "user-agent": USER_AGENT, accept: "text/plain, */*;q=0.5" },
    timeoutMs: context.limits.pageTimeoutMs,
    maxBytes: ROBOTS_BYTES,
    truncate: true,
    maxRedirects: context.limits.maxRedirects,
    signal: context.signal,
    ...(context.resolver ? { resolver: context.resolver } : {}),
  });
  if (response.status >= 500 || response.status === 429) throw unavailable(url, response);
  return parseRobots(origin, response.status < 300 ? new TextDecoder().decode(response.body) : "");
}

// The package's types say "module with a default export"; at run time the module itself is the function.
const parse = robotsParser as unknown as (
  url: string,
  text: string,
) => { isAllowed(url: string, agent: string): boolean | undefined };

/** Reads the text of a robots.txt for one origin. */
export function parseRobots(origin: string, text: string): Robots {
  const robots = parse(`${origin}/robots.txt`, relevantLines(text));
  return { allows: (url) => robots.isAllowed(url.href, USER_AGENT) ?? false };
}

/** Keeps only the groups that speak to us or to everyone, so that a hostile file cannot multiply agents by rules. */
function relevantLines(text: string): string {
  const kept: string[] = [];
  let inGroup = false;
  let afterAgent = false;
  let rules = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    const match = /^\s{0,20}(user-agent|allow|disallow)\s{0,20}:\s{0,20}([^#]{0,3000})/i.exec(line);
    const field = match?.[1]?.toLowerCase();
    const value = match?.[2]?.trim() ?? "";
    if (field === "user-agent") {
      const isOurs = value === "*" || value.toLowerCase().split("/")[0]?.trim() === ROBOT_NAME.toLowerCase();
      if (!afterAgent) inGroup = false;
      if (!inGroup && isOurs) kept.push("");
      if (isOurs && kept.at(-1) !== `user-agent: ${value}`) kept.push(`user-agent: ${value}`);
      inGroup ||= isOurs;
      afterAgent = true;
    } else if (field !== undefined) {
      afterAgent = false;
      if (!inGroup || rules >= MAX_RULES) continue;
      rules += 1;
      kept.push(`${field}: ${value.slice(0, value.includes("*") ? MAX_PATTERN_LENGTH : MAX_RULE_LENGTH)}`);
    }
  }
  return kept.join("\n");
}

function unavailable(url: string, response: OutboundResponse): SiteError {
  return new SiteError(
    "http_error",
    `${url} answers with status ${response.status}, so it is not known whether the site may be read.`,
    { passing: true, retryAfterMs: retryAfterMs(response) },
  );
}
