import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fits } from "../src/auth/flow-states.ts";
import { allowedRedirect, withOutcome } from "../src/auth/redirects.ts";
import { challengeIn, emailIn, readBody } from "../src/auth/requests.ts";

const site = "http://127.0.0.1:54321/app";
const origins = ["http://localhost:5173"];

describe("allowedRedirect", () => {
  it.each([
    [undefined, site],
    ["", site],
    ["http://127.0.0.1:54321/reset?x=1", "http://127.0.0.1:54321/reset?x=1"],
    ["/reset", "http://127.0.0.1:54321/reset"],
    ["http://localhost:5173/reset", "http://localhost:5173/reset"],
    ["http://localhost:5174/reset", site],
    ["https://127.0.0.1:54321/", site],
    ["https://evil.example", site],
    ["//evil.example", site],
    ["\\\\evil.example", site],
    ["http://127.0.0.1:54321@evil.example", site],
    ["http://user@127.0.0.1:54321/", site],
    ["javascript:alert(1)", site],
    ["data:text/html,x", site],
    ["http://[", site],
  ])("takes %j to %s", (wanted, expected) => {
    expect(allowedRedirect(wanted, site, origins)).toBe(expected === site ? site : expected);
  });

  it("never leads to another origin, whatever is wanted", () => {
    const allowed = [site, ...origins].map((url) => new URL(url).origin);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.webUrl().map((url) => url.replace("://", ":\\")),
        ),
        (wanted) => {
          expect(allowed).toContain(new URL(allowedRedirect(wanted, site, origins)).origin);
        },
      ),
    );
  });
});

describe("withOutcome", () => {
  it("puts the outcome in the fragment, and in the query when asked to, keeping the rest", () => {
    expect(withOutcome("http://a.test/x?y=1", { message: "a b" }, false)).toBe(
      "http://a.test/x?y=1#message=a+b",
    );
    expect(withOutcome("http://a.test/x?y=1", { message: "a b" }, true)).toBe(
      "http://a.test/x?y=1&message=a+b#message=a+b",
    );
  });
});

describe("a code challenge", () => {
  const verifier = fc.stringMatching(/^[\w.~-]{43,128}$/);

  it("fits the verifier it was made from and no other", () => {
    fc.assert(
      fc.property(verifier, verifier, (right, wrong) => {
        fc.pre(right !== wrong);
        const value = createHash("sha256").update(right).digest("base64url");
        expect(fits(right, { value, method: "s256" })).toBe(true);
        expect(fits(wrong, { value, method: "s256" })).toBe(false);
        expect(fits(value, { value, method: "s256" })).toBe(false);
        expect(fits(right, { value: right, method: "plain" })).toBe(true);
        expect(fits(wrong, { value: right, method: "plain" })).toBe(false);
      }),
    );
  });

  it("is read from the body, or refused when it is not one", () => {
    const value = "c".repeat(43);
    expect(challengeIn({ code_challenge: value, code_challenge_method: "S256" })).toEqual({
      value,
      method: "s256",
    });
    expect(challengeIn({ code_challenge: null })).toBeNull();
    expect(() => challengeIn({ code_challenge: value, code_challenge_method: "md5" })).toThrow();
    expect(() => challengeIn({ code_challenge: "c".repeat(42) })).toThrow();
    expect(() => challengeIn({ code_challenge: `${value}'` })).toThrow();
  });
});

describe("a body", () => {
  it("must be an object", () => {
    expect(readBody("")).toEqual({});
    for (const text of ["[]", "1", "null", "{"]) expect(() => readBody(text)).toThrow();
  });

  it("has an address in lower case, or is refused", () => {
    expect(emailIn({ email: " A@B.test " })).toBe("a@b.test");
    for (const email of ["", "a", "a@b", "a b@c.test", "a@b.test\0", `${"a".repeat(250)}@b.test`, 5, null]) {
      expect(() => emailIn({ email })).toThrow();
    }
  });
});
