import fc from "fast-check";
import { expect, test } from "vitest";
import { mailHref, phoneHref, webHref, webLabel } from "./links";

test.each([
  ["example.com", "https://example.com/"],
  [" http://example.com/a?b=c ", "http://example.com/a?b=c"],
  ["HTTPS://Example.COM", "https://example.com/"],
  ["linkedin.com/in/someone", "https://linkedin.com/in/someone"],
  ["http://127.0.0.1:8080/team", "http://127.0.0.1:8080/team"],
])("%s links to %s", (text, href) => {
  expect(webHref(text)).toBe(href);
});

test.each([
  [null],
  [""],
  ["javascript:alert(1)"],
  ["JaVaScRiPt:alert(1)"],
  ["data:text/html,x"],
  ["file:///etc/passwd"],
  ["not a link"],
  ["n/a"],
])("%s is not linked", (text) => {
  expect(webHref(text)).toBeNull();
});

test("whatever the text, a link goes to a web page and nowhere else", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((s) => `javascript:${s}`),
      ),
      (text) => {
        expect(webHref(text) ?? "https:").toMatch(/^https?:/);
      },
    ),
  );
});

test("an address is shown without what nobody reads", () => {
  expect(webLabel("https://www.example.com/")).toBe("example.com");
  expect(webLabel("http://example.com/about")).toBe("example.com/about");
  expect(webLabel("https://linkedin.com/in/j%C3%B6rg")).toBe("linkedin.com/in/jörg");
  expect(webLabel("https://example.com/%E4")).toBe("example.com/%E4");
});

test("a mail link carries the address alone", () => {
  expect(mailHref("a.b@example.com")).toBe("mailto:a.b@example.com");
  expect(mailHref("a@example.com?bcc=other@example.com")).not.toContain("?");
});

test("a phone link carries what can be dialled", () => {
  expect(phoneHref("+49 (0)30 123-45")).toBe("tel:+4903012345");
  expect(phoneHref("on request")).toBeNull();
});
