import { describe, expect, it } from "vitest";
import { decodeCfEmail, emailsInLink, emailsInText, isPlaceholderEmail, reversedEmails } from "./emails.ts";

describe("emailsInText", () => {
  it.each([
    ["Write to Jane.Doe@Acme.example!", "jane.doe@acme.example"],
    ["jane [at] acme [dot] example", "jane@acme.example"],
    ["jane (at) acme.example", "jane@acme.example"],
    ["atelier (arobase) verrier.example", "atelier@verrier.example"],
    ["jane at acme dot example", "jane@acme.example"],
    ["jane＠acme.example", "jane@acme.example"],
    ["jörg@müller.example", "jörg@müller.example"],
  ])("finds the address in %s", (text, email) => expect(emailsInText(text)).toEqual([email]));

  it.each([
    "meet at noon",
    "logo@2x.png",
    "you@example.com",
    "name@domain.com",
    "@acme",
    "a@b",
    "1f2e3d4c5b6a79880f1e2d3c4b5a6978@sentry.io",
  ])("finds none in %s", (text) => expect(emailsInText(text)).toEqual([]));

  it("finds each once, and answers at once on hostile text", () => {
    expect(emailsInText("a@acme.example A@ACME.example")).toEqual(["a@acme.example"]);
    expect(emailsInText("a.".repeat(9_000))).toEqual([]);
  });
});

describe("emailsInLink", () => {
  it("reads mailto links with parameters, encoding and several addresses", () => {
    expect(emailsInLink("mailto:a%40acme.example,b@acme.example?subject=x@y.example")).toEqual([
      "a@acme.example",
      "b@acme.example",
    ]);
  });

  it("reads Cloudflare's replacement, and nothing else", () => {
    expect(
      emailsInLink("/cdn-cgi/l/email-protection#1f6c687e6d725f7270706d737e717b327d7a7a6c317a677e726f737a"),
    ).toEqual(["swarm@moorland-bees.example"]);
    expect(emailsInLink("https://acme.example/a@b.example")).toEqual([]);
    expect(emailsInLink("mailto:?subject=a")).toEqual([]);
    expect(emailsInLink("mailto:%E0%A4%A")).toEqual([]);
  });
});

it("decodeCfEmail refuses what is not an address", () => {
  expect(decodeCfEmail("zz")).toBeNull();
  expect(decodeCfEmail("00112233")).toBeNull();
});

it("reversedEmails reads an address written backwards only for the site's own host", () => {
  expect(reversedEmails("to elpmaxe.emca@olleh now", "www.acme.example")).toEqual(["hello@acme.example"]);
  expect(reversedEmails("to elpmaxe.emca@olleh now", "other.example")).toEqual([]);
});

it("isPlaceholderEmail knows the addresses of forms and templates", () => {
  expect(isPlaceholderEmail("vorname.nachname@acme.example")).toBe(true);
  expect(isPlaceholderEmail("info@acme.example")).toBe(false);
});
