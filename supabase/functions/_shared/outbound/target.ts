import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isPublicAddress } from "./addresses.ts";
import { OutboundError } from "./errors.ts";
import { bareHost, findRule, type OutboundPolicy } from "./policy.ts";

/** Turns a host name into addresses; rejects when the name does not exist. */
export type Resolver = (host: string) => Promise<string[]>;

/** The system's resolver: what a plain connection would use, hosts file included. */
export const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map((entry) => entry.address);

/** Where one hop may connect to: addresses that have been checked, and no others. */
export interface Target {
  url: URL;
  /** The host as a name or literal, without brackets. */
  host: string;
  addresses: readonly string[];
  port: number;
  /** True when an exception of the policy made this target acceptable. */
  exempt: boolean;
}

/** Happy Eyeballs needs a choice, not a list as long as a hostile DNS answer. */
const MAX_ADDRESSES = 6;

/** Parses an address that a request may go to. Throws OutboundError `bad_url`. */
export function parseUrl(url: string, base?: URL): URL {
  if (!URL.canParse(url, base)) throw new OutboundError("bad_url", "The address cannot be read");
  const parsed = new URL(url, base);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
    throw new OutboundError("bad_url", "The address must start with http:// or https://");
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new OutboundError("bad_url", "The address must not contain a user name or password");
  }
  if (bareHost(parsed.hostname) === "") throw new OutboundError("bad_url", "The address has no host");
  parsed.hash = "";
  return parsed;
}

/**
 * Resolves and checks where a URL leads. All addresses of a name must be acceptable: one that answers both a public
 * and a private address is refused. Throws OutboundError `dns_failed` or `blocked_address`.
 */
export async function resolveTarget(url: URL, policy: OutboundPolicy, resolver: Resolver): Promise<Target> {
  const host = bareHost(url.hostname);
  const urlPort = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const rule = findRule(policy, host, urlPort);
  const target = { url, host, port: rule?.connect?.port ?? urlPort, exempt: rule !== null };
  if (rule?.connect) return { ...target, addresses: [rule.connect.address] };

  const addresses = isIP(host) === 0 ? await resolve(host, resolver) : [host];
  if (rule === null && !addresses.every(isPublicAddress)) throw blocked(host);
  // IPv4 first: a host without IPv6 routes would otherwise wait for each attempt to fail.
  const ordered = addresses.toSorted((a, b) => isIP(a) - isIP(b)).slice(0, MAX_ADDRESSES);
  return { ...target, addresses: ordered };
}

/** The error for a host that leads somewhere requests may not go. */
export function blocked(host: string): OutboundError {
  return new OutboundError(
    "blocked_address",
    `${host} is not on the public internet, so it was not contacted`,
  );
}

async function resolve(host: string, resolver: Resolver): Promise<string[]> {
  let addresses: string[];
  try {
    addresses = await resolver(host);
  } catch (error) {
    throw new OutboundError("dns_failed", `The name ${host} does not exist`, { cause: error });
  }
  if (addresses.length === 0) throw new OutboundError("dns_failed", `The name ${host} has no address`);
  return addresses;
}
