/** The path to go to after signing in, from a `next` parameter: only paths of this app, "/" for everything else. */
export function safePath(next: string | null): string {
  if (!next?.startsWith("/")) return "/";
  const base = "http://app.invalid";
  if (!URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  return url.origin === base ? url.pathname + url.search + url.hash : "/";
}
