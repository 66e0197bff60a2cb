import { isIP } from "node:net";

/** One exception: which hosts, and where they lead if that is fixed. */
interface AllowRule {
  /** A host name or literal address without brackets, lower case; with `suffix`, everything below it. */
  host: string;
  suffix: boolean;
  port: number | null;
  connect: { address: string; port: number | null } | null;
}

/** The exceptions to "public addresses only". Made once from `OUTBOUND_ALLOW_HOSTS` and passed in. */
export interface OutboundPolicy {
  readonly rules: readonly AllowRule[];
}

/** No exceptions. */
export const PUBLIC_ONLY: OutboundPolicy = { rules: [] };

/**
 * Parses `OUTBOUND_ALLOW_HOSTS`, which only whoever runs the installation sets. Entries are separated by commas:
 *
 *     n8n.internal                    may have a private address, on any port
 *     n8n.internal:5678, [::1]:5678   only on this port
 *     *.svc.local                     every name below svc.local
 *     *.example=127.0.0.1:4555        connects there, whatever DNS says (tests, demo)
 *
 * Throws an Error that names the entry that cannot be read.
 */
export function parseAllowHosts(text: string | undefined): OutboundPolicy {
  const entries = (text ?? "").split(",").map((entry) => entry.trim());
  return { rules: entries.filter((entry) => entry !== "").map(parseRule) };
}

/** The exception that covers this host and port, or null. `host` as `new URL()` spells it, without brackets. */
export function findRule(policy: OutboundPolicy, host: string, port: number): AllowRule | null {
  return policy.rules.find((rule) => matches(rule, host, port)) ?? null;
}

function matches(rule: AllowRule, host: string, port: number): boolean {
  if (rule.port !== null && rule.port !== port) return false;
  return rule.suffix ? host.endsWith(`.${rule.host}`) : host === rule.host;
}

function parseRule(entry: string): AllowRule {
  const [left = "", right, ...rest] = entry.split("=").map((part) => part.trim());
  if (rest.length > 0) throw badEntry(entry);
  const suffix = left.startsWith("*.");
  const from = splitPort(suffix ? left.slice(2) : left, entry);
  if (right === undefined) return { host: from.host, suffix, port: from.port, connect: null };
  const to = splitPort(right, entry);
  if (isIP(to.host) === 0) throw badEntry(entry);
  return { host: from.host, suffix, port: from.port, connect: { address: to.host, port: to.port } };
}

function splitPort(text: string, entry: string): { host: string; port: number | null } {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/*[\]@?#\\]+)(?::(\d{1,5}))?$/i.exec(text);
  if (!match?.[1]) throw badEntry(entry);
  const port = match[2] === undefined ? null : Number(match[2]);
  if (port !== null && (port < 1 || port > 65_535)) throw badEntry(entry);
  // The URL parser gives the spelling that requests are compared in: lower case, punycode, canonical addresses.
  if (!URL.canParse(`http://${match[1]}`)) throw badEntry(entry);
  return { host: bareHost(new URL(`http://${match[1]}`).hostname), port };
}

/** A URL's hostname without the brackets of an IPv6 literal and without the dot that may end a name. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function badEntry(entry: string): Error {
  return new Error(
    `OUTBOUND_ALLOW_HOSTS: cannot read "${entry}"; write host, host:port, *.suffix or host=address:port`,
  );
}
