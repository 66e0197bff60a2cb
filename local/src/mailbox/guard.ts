import { isOurHost } from "../gateway/hosts.ts";

/**
 * Whether a request may read the mailbox: it comes from this machine, addresses the stack by a loopback name or one
 * of `hosts` (a page on another name that resolves to 127.0.0.1 is refused: DNS rebinding), and no page of another
 * host's asks for it.
 */
export function mayRead(
  request: { remoteAddress: string | undefined; host: string | undefined; origin: string | undefined },
  hosts: readonly string[],
): boolean {
  const { remoteAddress, host, origin } = request;
  const ours = (header: string | undefined) =>
    ["127.0.0.1", ...hosts].some((configured) => isOurHost(header, configured));
  const fromHere = remoteAddress === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/u.test(remoteAddress ?? "");
  return fromHere && ours(host) && (origin === undefined || ours(hostOf(origin)));
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
