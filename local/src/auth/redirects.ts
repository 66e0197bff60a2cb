/**
 * Where a mailed link may lead: the wanted URL when its origin is the site's or one of `origins`, the site otherwise.
 * A relative URL belongs to the site.
 */
export function allowedRedirect(
  wanted: string | undefined,
  siteUrl: string,
  origins: readonly string[],
): string {
  if (!URL.canParse(wanted ?? "", siteUrl)) return siteUrl;
  const target = new URL(wanted ?? "", siteUrl);
  if (target.username || target.password) return siteUrl;
  const allowed = [siteUrl, ...origins].map((url) => new URL(url).origin);
  return allowed.includes(target.origin) && target.origin !== "null" ? target.toString() : siteUrl;
}

/** The URL with the parameters in its fragment, and in its query too for clients of the code flow. */
export function withOutcome(url: string, outcome: Record<string, string>, inQuery: boolean): string {
  const target = new URL(url);
  if (inQuery) for (const [name, value] of Object.entries(outcome)) target.searchParams.set(name, value);
  target.hash = new URLSearchParams(outcome).toString();
  return target.toString();
}
