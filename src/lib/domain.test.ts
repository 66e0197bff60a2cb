import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostOf, normaliseDomain, parsedHostOf } from "./domain";

describe("the domain behind a website cell", () => {
  it.each([
    ["acme.com", "acme.com"],
    ["HTTPS://WWW.Acme.COM/About?x=1#y", "acme.com"],
    ["http://acme.co.uk:8080/", "acme.co.uk"],
    ["acme.com:443/path", "acme.com"],
    ["//acme.com", "acme.com"],
    ["www.acme.com.", "acme.com"],
    ["www2.acme.com", "acme.com"],
    ["www.com", "www.com"],
    ["info@Acme.com", "acme.com"],
    ["mailto:info@acme.com", "acme.com"],
    ["<acme.com>", "acme.com"],
    ["https://user:secret@acme.com/", "acme.com"],
    ["https://acme.com/@team", "acme.com"],
    ["  shop.acme.io  ", "shop.acme.io"],
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["https://例え.jp/会社", "xn--r8jz45g.jp"],
    ["ACME。com", "acme.com"],
  ])("of %j is %j", (text, domain) => {
    expect(normaliseDomain(text)).toEqual({ domain });
  });

  it.each([
    "foo",
    "",
    "n/a",
    "localhost",
    "http://localhost:3000",
    "192.168.0.1",
    "http://0x7f.1/",
    "http://[::1]/",
    "ftp://acme.com",
    "javascript:alert(1)",
    "javascript://acme.com/%0aalert(1)",
    "acme .com",
    "acme.com, acme.de",
    "http://http://acme.com",
    "-acme.com",
    "acme..com",
    "Acme GmbH",
    "@acme",
    `${"a.".repeat(26)}a1`,
  ])("of %j is refused with the text in the reason", (text) => {
    expect(normaliseDomain(text)).toEqual({ reason: `“${text}” is not a web address.` });
  });

  it("is the same when normalised again, in any case, and with a path", () => {
    const host = fc.domain();
    fc.assert(
      fc.property(host, fc.webPath(), (name, path) => {
        const result = normaliseDomain(name);
        if ("reason" in result) return;
        expect(normaliseDomain(result.domain)).toEqual(result);
        expect(normaliseDomain(`https://${name.toUpperCase()}${path}`)).toEqual(result);
        expect(result.domain).toMatch(
          /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+(xn--[a-z0-9-]{2,59}|[a-z]{2,63})$/,
        );
      }),
    );
  });

  it("is found without the URL parser only where that would find the same", () => {
    const part = fc.constantFrom(
      "http://",
      "https://",
      "HTTP://",
      "a",
      "B1",
      "-",
      ".",
      "com",
      "/",
      "?",
      "#",
      "_",
      "é",
      ":80",
      "@",
      " ",
      "xn--",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const parsed = parsedHostOf(text);
        // Whatever the URL parser refuses has no domain either way.
        if (parsed !== null) expect(hostOf(text)).toBe(parsed);
      }),
      { numRuns: 2_000 },
    );
  });

  it("or a reason is given for any text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => Object.keys(normaliseDomain(text)).length === 1),
    );
  });
});
