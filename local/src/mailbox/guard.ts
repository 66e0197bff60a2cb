/**
 * Whether a request may read the mailbox: it comes from this machine, addresses the stack by a loopback name or one
 * of `hosts` (a page on another name that resolves to 127.0.0.1 is refused: DNS rebinding), and no page of another
 * host's asks for it.
 */
export function mayRead(
  request: { remoteAddress: string | undefined; host: string | null; origin: string | null },
  hosts: readonly string[],
): boolean {
  const trusted = (name: string | null) => name !== null && (isLoopbackName(name) || hosts.includes(name));
  if (request.remoteAddress === undefined || !isLoopbackAddress(request.remoteAddress)) return false;
  if (request.origin !== null && !trusted(nameOf(request.origin))) return false;
  return trusted(nameOf(`http://${request.host ?? ""}`));
}

/** The host name of a URL without its port; null when it is none. */
function nameOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function isLoopbackName(name: string): boolean {
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    /^127(\.\d{1,3}){3}$/u.test(name)
  );
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/u.test(address);
}
