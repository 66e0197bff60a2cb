import { request } from "../../outbound/request.ts";
import { checkStatus, type FetchContext } from "../web/fetch-page.ts";
import { USER_AGENT } from "../web/limits.ts";
import { SiteError } from "../web/site-error.ts";

/** Reads JSON, from where it was in the end. It was published for programs: robots.txt is not asked. Throws SiteError or OutboundError. */
export async function fetchJson(url: string, context: FetchContext): Promise<{ url: string; body: unknown }> {
  const response = await request(url, {
    policy: context.policy,
    proxies: context.proxies,
    headers: { "user-agent": USER_AGENT, accept: "application/json, */*;q=0.1" },
    timeoutMs: context.limits.pageTimeoutMs,
    maxBytes: context.limits.pageBytes,
    maxRedirects: context.limits.maxRedirects,
    wantBody: (status) => status < 300,
    signal: context.signal,
    ...(context.resolver ? { resolver: context.resolver } : {}),
  });
  checkStatus(response);
  const text = new TextDecoder().decode(response.body);
  try {
    return { url: response.url, body: context.stopwatch.time((): unknown => JSON.parse(text)) };
  } catch {
    throw new SiteError("not_json", `What ${response.url} answers is not JSON.`);
  }
}
