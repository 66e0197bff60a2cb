import { BlockList, isIP } from "node:net";

/** IANA's special-purpose IPv4 blocks, multicast, and the one public address a cloud uses for its metadata. */
const BLOCKED_IPV4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // Azure's wire server
  ["169.254.0.0", 16], // link-local, cloud metadata
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
];

/**
 * Special blocks inside 2000::/3. Everything outside 2000::/3 (loopback, mapped and compatible IPv4, NAT64,
 * unique local, link-local, multicast) is refused because only 2000::/3 is allowed at all.
 */
const BLOCKED_IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23], // Teredo, ORCHID, benchmarking
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

const blockedV4 = listOf(BLOCKED_IPV4, "ipv4");
const blockedV6 = listOf(BLOCKED_IPV6, "ipv6");
const globalV6 = listOf([["2000::", 3]], "ipv6");

/**
 * True only for an address on the public internet. Takes canonical dotted IPv4 or any IPv6 spelling; anything
 * else (names, octal or hex IPv4, zone ids) is not public. `new URL()` has already turned IPv4 notations canonical.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blockedV4.check(address, "ipv4");
  if (family === 6 && !address.includes("%")) {
    return globalV6.check(address, "ipv6") && !blockedV6.check(address, "ipv6");
  }
  return false;
}

function listOf(ranges: readonly (readonly [string, number])[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
