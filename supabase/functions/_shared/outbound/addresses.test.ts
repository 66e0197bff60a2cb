import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./addresses.ts";

const refused = [
  ["this host", "0.0.0.0"],
  ["private 10/8", "10.1.2.3"],
  ["private 172.16/12", "172.31.255.255"],
  ["private 192.168/16", "192.168.0.1"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["a cloud's metadata in carrier-grade NAT", "100.100.100.200"],
  ["loopback", "127.0.0.1"],
  ["loopback, not the first", "127.255.0.9"],
  ["cloud metadata", "169.254.169.254"],
  ["Azure's wire server", "168.63.129.16"],
  ["IETF assignments", "192.0.0.192"],
  ["documentation", "203.0.113.7"],
  ["benchmarking", "198.19.0.1"],
  ["multicast", "224.0.0.251"],
  ["reserved", "250.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["IPv6 unspecified", "::"],
  ["IPv6 loopback", "::1"],
  ["IPv6 loopback in full", "0:0:0:0:0:0:0:1"],
  ["mapped IPv4", "::ffff:127.0.0.1"],
  ["mapped public IPv4", "::ffff:8.8.8.8"],
  ["mapped IPv4 in hex", "::ffff:7f00:1"],
  ["compatible IPv4", "::127.0.0.1"],
  ["NAT64", "64:ff9b::7f00:1"],
  ["local NAT64", "64:ff9b:1::1"],
  ["6to4", "2002:7f00:1::"],
  ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
  ["unique local", "fd00:ec2::254"],
  ["link-local", "fe80::1"],
  ["link-local with zone", "fe80::1%eth0"],
  ["a public address with a zone", "2606:4700::1%1"],
  ["site-local", "fec0::1"],
  ["IPv6 multicast", "ff02::1"],
  ["IPv6 documentation", "2001:db8::1"],
  ["newer IPv6 documentation", "3fff::1"],
  ["octal notation", "0177.0.0.1"],
  ["decimal notation", "2130706433"],
  ["hexadecimal notation", "0x7f000001"],
  ["a name", "localhost"],
  ["nothing", ""],
] as const;

describe("isPublicAddress", () => {
  it.each(refused)("refuses %s: %s", (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "193.0.0.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
  ])("accepts %s", (address) => expect(isPublicAddress(address)).toBe(true));

  it("refuses every address of a private range, whatever its last parts are", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (a, b, c) => {
        expect(isPublicAddress(`10.${a}.${b}.${c}`)).toBe(false);
        expect(isPublicAddress(`127.${a}.${b}.${c}`)).toBe(false);
        expect(isPublicAddress(`169.254.${b}.${c}`)).toBe(false);
        expect(isPublicAddress(`172.${16 + (a % 16)}.${b}.${c}`)).toBe(false);
      }),
    );
  });

  it("refuses every IPv4 address that hides in an IPv6 one", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        for (const prefix of ["::", "::ffff:", "::ffff:0:", "64:ff9b::"]) {
          expect(isPublicAddress(`${prefix}${address}`)).toBe(false);
          expect(isPublicAddress(`${prefix}${hex}`)).toBe(false);
        }
        expect(isPublicAddress(`2002:${hex}::1`)).toBe(false);
      }),
    );
  });

  it("refuses every IPv6 address outside 2000::/3", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(
          new URL(`http://[${address}]`).hostname.slice(1).split(":")[0] || "0",
          16,
        );
        if (first < 0x2000 || first > 0x3fff) expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });

  it("says the same about an address as the URL parser spells it, however it was written", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
        const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const octal = [a, b, c, d].map((part) => `0${part.toString(8)}`).join(".");
        for (const spelling of [String(number), `0x${number.toString(16)}`, octal, `${address}.`]) {
          expect(isPublicAddress(new URL(`http://${spelling}/`).hostname)).toBe(isPublicAddress(address));
        }
      }),
    );
  });
});
