import { describe, expect, it } from "vitest";
import { kindOf, type PageKind, subpageLinks } from "./links.ts";
import { parseHtml } from "./parse-html.ts";

const ALL = new Set<PageKind>(["team", "about", "contact", "imprint", "portfolio"]);
const links = (html: string, page = "https://www.acme.example/") =>
  subpageLinks(parseHtml(html), page, ALL).map(({ kind, url }) => `${kind} ${url}`);

describe("subpageLinks", () => {
  it.each([
    ["/team", "x", "team"],
    ["/x", "Über uns", "about"],
    ["/x", "スタッフ", "team"],
    ["/x", "회사소개", "about"],
    ["/x", "من نحن", "about"],
    ["/x", "О компании", "about"],
    ["/x", "Yhteystiedot", "contact"],
    ["/impressum.html", "x", "imprint"],
    ["/x", "Our investments", "portfolio"],
    ["/index.php?page=2", "Meet the team", "team"],
  ])("knows that %s called %s is a page of kind %s", (href, text, kind) => {
    expect(links(`<a href="${href}">${text}</a>`)).toEqual([
      `${kind} ${new URL(href, "https://www.acme.example/").href}`,
    ]);
  });

  it.each([
    ["another site", '<a href="https://other.example/team">Team</a>'],
    ["an anchor of the page", '<a href="#team">Team</a>'],
    ["the home page", '<a href="/">About</a>'],
    ["a product for teams", '<a href="/product/team-inbox">Team Inbox</a>'],
    ["customers' stories", '<a href="/stories/team-leads">Meet the team leads</a>'],
    ["a file", '<a href="/team.pdf">Team</a>'],
    [
      "a script or mail link",
      '<a href="javascript:team()">Team</a><a href="mailto:team@acme.example">Team</a>',
    ],
    ["a link with a password in it", '<a href="https://a:b@www.acme.example/team">Team</a>'],
    ["the blog", '<a href="/blog">Blog about us</a>'],
  ])("leaves out %s", (_what, html) => expect(links(html)).toEqual([]));

  it("gives the best page of each kind before second ones, each address once", () => {
    const html =
      '<a href="/about/history">History</a><a href="/contact">Contact</a><a href="/about">About us</a><a href="/about#team">About</a><a href="/team">Team</a>';
    expect(links(html)).toEqual([
      "team https://www.acme.example/team",
      "about https://www.acme.example/about",
      "contact https://www.acme.example/contact",
      "about https://www.acme.example/about/history",
    ]);
  });

  it("follows the site below its own host, frames, and a base of the page", () => {
    expect(
      links(
        '<base href="/en/"><a href="https://people.acme.example/">x</a><frame src="team.htm"><a href="about">About</a>',
      ),
    ).toEqual(["team https://www.acme.example/en/team.htm", "about https://www.acme.example/en/about"]);
  });

  it("stays without TLS on a site that only answered without", () => {
    expect(links('<a href="https://acme.example/team">Team</a>', "http://acme.example/")).toEqual([
      "team http://acme.example/team",
    ]);
  });
});

it("kindOf reads headings", () => {
  expect(kindOf("Das Team")).toBe("team");
  expect(kindOf("Our products")).toBeNull();
});
