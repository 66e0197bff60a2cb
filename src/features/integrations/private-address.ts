/** The networks behind a router, this machine, and what machines of one cable give themselves. */
const PRIVATE_IPV4 = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d+)+$/;
/** All public ones begin so. */
const PUBLIC_IPV6 = /^\[[23]/;
/** Endings of names that are nobody's on the internet. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/** Whether an address is plainly one that only machines nearby reach. What a public name leads to is not looked up. */
export function isPrivateAddress(text: string): boolean {
  const { hostname = "" } = URL.parse(text.trim()) ?? {};
  const host = hostname.replace(/\.$/, "");
  if (host.startsWith("[")) return !PUBLIC_IPV6.test(host);
  return host !== "" && (!host.includes(".") || LOCAL_NAME.test(host) || PRIVATE_IPV4.test(host));
}
