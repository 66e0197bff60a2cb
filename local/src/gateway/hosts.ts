import { isIP } from "node:net";

const loopbackName = /^(localhost|[^.]+(\.[^.]+)*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The host name in a Host header, lower case and without its port; null when it is none. */
export function hostName(header: string | undefined): string | null {
  if (!header || /[\s/@?#\\]/.test(header)) return null;
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : null;
}

/**
 * Whether a request may address the stack by this Host header. A page anywhere can make its own name resolve to
 * 127.0.0.1 (DNS rebinding) and would then be on our origin: only loopback names and the configured host are ours.
 * Bound to every address, plain IP addresses are ours too, since no page can take one over.
 */
export function isOurHost(header: string | undefined, configured: string): boolean {
  const name = hostName(header);
  if (name === null) return false;
  if (loopbackName.test(name) || name === configured.toLowerCase()) return true;
  const everyAddress = configured === "0.0.0.0" || configured === "::";
  return everyAddress && isIP(name.replace(/^\[|\]$/g, "")) !== 0;
}
