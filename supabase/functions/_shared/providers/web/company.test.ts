import { describe, expect, it } from "vitest";
import { companyResult } from "../../contracts/research.ts";
import { extractCompany } from "./company.ts";
import type { PageKind } from "./links.ts";
import { readPage } from "./page.ts";
import { parseHtml } from "./parse-html.ts";

/** What is found on a site of these pages, each checked against the contract. */
function company(pages: Partial<Record<PageKind, string>>) {
  const read = Object.entries({ home: "", ...pages }).map(([kind, html]) => {
    const url = kind === "home" ? "https://acme.example/" : `https://acme.example/${kind}`;
    return readPage({ url, document: parseHtml(html) }, kind as PageKind); // The keys of `pages` are kinds.
  });
  return companyResult.parse(extractCompany({ pages: read }));
}

const jsonLd = (data: object) =>
  `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", ...data })}</script>`;
const values = (list: readonly { value: string }[]) => list.map(({ value }) => value);

describe("extractCompany", () => {
  it("says where each value stands", () => {
    const found = company({
      home: "<title>Acme</title>",
      contact: '<a href="mailto:info@acme.example">mail</a>',
    });
    expect(found.name).toEqual({ value: "Acme", source: "https://acme.example/" });
    expect(found.emails).toEqual([{ value: "info@acme.example", source: "https://acme.example/contact" }]);
  });

  it("finds nothing on an empty page", () => {
    expect(company({})).toEqual({ industry: [], phones: [], emails: [], social: {}, portfolio: [] });
  });

  it("takes JSON-LD before everything else, nested in a graph and with entities in it", () => {
    const graph = {
      "@graph": [
        { "@type": "WebSite", name: "Acme Website", publisher: { "@id": "#o" } },
        {
          "@type": "Organization",
          "@id": "#o",
          name: "Acme &amp; Sons",
          description: "Makes things.",
          knowsAbout: ["Things"],
          address: {
            streetAddress: "1 Road",
            postalCode: "12345",
            addressLocality: "Town",
            addressCountry: "DE",
          },
          sameAs: ["https://x.com/acme"],
        },
      ],
    };
    const found = company({
      home: `${jsonLd(graph)}<title>Other</title><meta name="description" content="Other">`,
    });
    expect(found).toMatchObject({
      name: { value: "Acme & Sons" },
      description: { value: "Makes things." },
      address: { value: "1 Road, 12345 Town, DE" },
    });
    expect(values(found.industry)).toEqual(["Things"]);
    expect(found.social.twitter?.value).toBe("https://x.com/acme");
  });

  it("ignores invalid JSON-LD and organizations of others", () => {
    const home = `<script type="application/ld+json">{"@type":"Organization","name":"Broken",}</script>${jsonLd({ "@type": "Product", brand: { "@type": "Organization", name: "Brand" } })}${jsonLd({ "@type": "Organization", name: "Agency", url: "https://agency.example" })}<title>Acme</title>`;
    expect(company({ home }).name?.value).toBe("Acme");
  });

  it("reads microdata, hCards and RDFa", () => {
    const microdata =
      '<div itemscope itemtype="https://schema.org/Dentist"><a itemprop="url" href="/"><b itemprop="name">Acme Dental</b></a><a itemprop="telephone" href="tel:+4930555010">call</a></div>';
    expect(company({ home: microdata })).toMatchObject({
      name: { value: "Acme Dental" },
      phones: [{ value: "+4930555010" }],
    });
    const hcard =
      '<div class="vcard"><b class="fn org">Acme Labs</b><span class="street-address">1 Road</span> <span class="locality">Town</span></div>';
    expect(company({ home: hcard })).toMatchObject({
      name: { value: "Acme Labs" },
      address: { value: "1 Road, Town" },
    });
  });

  it.each([
    ["og:site_name", '<meta property="og:site_name" content="Acme"><title>Things | Acme Inc</title>', "Acme"],
    [
      "the logo",
      '<header><a href="/"><img alt="Acme Tools logo"></a></header><title>Things</title>',
      "Acme Tools",
    ],
    [
      "the part of the title that resembles the host",
      "<title>Fine things since 1900 – Acme Works</title>",
      "Acme Works",
    ],
  ])("takes the name from %s", (_what, home, name) => expect(company({ home }).name?.value).toBe(name));

  it("describes with the first real paragraph when nothing is declared, not with the cookie notice", () => {
    const home =
      '<div class="cookie-notice"><p>We use cookies to understand how our site is used by its visitors.</p></div><h1>Hi</h1><p>Short.</p><p>Acme makes anvils for desert birds and the animals that hunt them, since 1949.</p>';
    expect(company({ home }).description?.value).toMatch(/^Acme makes anvils/);
  });

  it("takes industry words from keywords and labelled lines, never from prose", () => {
    const home =
      '<meta name="keywords" content="pumps, Valves,pumps"><p>We love software.</p><p>Industry: Water supply</p>';
    expect(values(company({ home }).industry)).toEqual(["pumps", "Valves", "Water supply"]);
  });

  it.each([
    [
      "a footer without the name",
      "<p>Acme<br>14 Patrick Street<br>Cork T12 XY45<br>Ireland</p>",
      "14 Patrick Street, Cork T12 XY45, Ireland",
    ],
    ["one line with the name", "<p>Acme, Stable Yard, Hawes DL8 3NT</p>", "Stable Yard, Hawes DL8 3NT"],
    [
      "lines without numbers",
      "<p>Acme LLP<br>Piece Hall<br>Horton Street<br>Halifax<br>HX1 1PX</p>",
      "Piece Hall, Horton Street, Halifax, HX1 1PX",
    ],
    [
      "the headquarters of several offices",
      "<h3>Paris</h3><p>1 rue A<br>75002 Paris</p><h3>Head office</h3><p>Rue B 5<br>1204 Genève</p>",
      "Rue B 5, 1204 Genève",
    ],
    ["a label", "<p>Adresse: Hauptstraße 12, A-1010 Wien</p>", "Hauptstraße 12, A-1010 Wien"],
    [
      "Japanese",
      "<table><tr><th>所在地</th><td>〒150-0001 東京都渋谷区神宮前1-2-3</td></tr></table>",
      "〒150-0001 東京都渋谷区神宮前1-2-3",
    ],
  ])("finds the address in %s", (_what, html, address) => {
    expect(company({ home: "<title>Acme</title>", contact: html }).address?.value).toBe(address);
  });

  it("takes no year, phone number or opening time for an address", () => {
    expect(
      company({ home: "<p>Founded 2003 Award</p><p>Maine Wood Prize 2023</p><p>Mon 0800 Hours</p>" }).address,
    ).toBeUndefined();
  });

  it("keeps the company's numbers and addresses apart from its people's and from other parties'", () => {
    const found = company({
      team: "<h1>Team</h1><div><h3>Eva Lang</h3><p>CEO</p><p>+49 30 5550101</p><p>eva@acme.example</p></div>",
      contact:
        '<p>Tel: +49 30 5550100</p><p>Fax: +49 30 5550109</p><p>info@acme.example, eva.lang@acme.example</p><p>Complaints: office@authority.example</p><p>acme@gmail.com</p><input placeholder="you@acme.example">',
    });
    expect(values(found.phones)).toEqual(["+49 30 5550100"]);
    expect(values(found.emails)).toEqual(["info@acme.example", "acme@gmail.com"]);
  });

  it("leaves out the numbers of authorities, hosting companies and stockists, and the fax by its letter", () => {
    const found = company({
      contact:
        "<p>T 614.555.0160 | F 614.555.0161</p><p>(614) 555-0162 fax</p><p>06 55 50 14 20</p><p>0186 - 55 50 15</p><p>info@acme.example</p>",
      imprint:
        "<h2>Hosting</h2><p>Foo GmbH, Telefon +49 9831 5550900</p><p>Landesärztekammer, Telefon 0711 5550900</p><p>Foo Linen, +353 1 5550172, hello@foo.test</p>",
    });
    expect(values(found.phones)).toEqual(["614.555.0160", "06 55 50 14 20", "0186 - 55 50 15"]);
  });

  it("keeps the switchboard that frames the pages although it stands beside people, too", () => {
    const team = ["Eva Lang", "Jo Ng"].map(
      (name) => `<div><h3>${name}</h3><p>CEO</p><p>+49 30 5550100</p></div>`,
    );
    const found = company({ home: "<footer>Tel. +49 30 5550100</footer>", team: team.join("") });
    expect(values(found.phones)).toEqual(["+49 30 5550100"]);
  });

  it("takes certified mail for the company's, wherever it is kept", () => {
    expect(values(company({ contact: "<p>PEC: acme@mail.test</p>" }).emails)).toEqual(["acme@mail.test"]);
  });

  it("leaves out profiles that their links or lines give to somebody else", () => {
    const home =
      '<main><a href="https://twitter.com/guest">@guest</a><p>Photos by <a href="https://www.instagram.com/ann">Ann Lee</a></p><a href="https://www.facebook.com/uni">Foo University on Facebook</a></main><footer><a href="https://twitter.com/aco"><svg></svg></a></footer>';
    expect(company({ home }).social).toEqual({
      twitter: { value: "https://twitter.com/aco", source: "https://acme.example/" },
    });
  });

  it("takes the company's own profiles: no share links, posts, people, or the agency's", () => {
    const links = [
      "https://www.facebook.com/sharer/sharer.php?u=x",
      "https://twitter.com/intent/tweet",
      "https://www.linkedin.com/in/eva",
      "https://www.instagram.com/p/1",
      "https://m.facebook.com/acme?ref=1",
      "https://de.linkedin.com/company/acme/about/",
      "https://github.com/acme/repo",
      "https://youtube.com/@acme/videos",
      "https://www.facebook.com/wix",
    ];
    const home = `${links.map((href) => `<p><a href="${href}">x</a></p>`).join("")}<p>Website by <a href="https://twitter.com/agency">Agency</a></p>`;
    const social = Object.fromEntries(
      Object.entries(company({ home }).social).map(([network, profile]) => [network, profile?.value]),
    );
    expect(social).toEqual({
      facebook: "https://www.facebook.com/acme",
      linkedin: "https://www.linkedin.com/company/acme",
      github: "https://github.com/acme",
      youtube: "https://www.youtube.com/@acme",
    });
  });

  it.each([
    [
      "logos",
      '<a href="https://www.one.example/?utm=1"><img alt="One Inc logo"></a><a href="https://two.example"><img alt="Two"></a>',
    ],
    [
      "cards",
      '<div><h3>One Inc</h3><a href="https://one.example">Visit website</a></div><div><h3>Two</h3><a href="https://two.example">Visit website</a></div>',
    ],
    [
      "a table",
      '<table><tr><th>Company<th>Year</tr><tr><td><a href="https://one.example">One Inc</a><td>2020</tr><tr><td><a href="https://two.example/uk">Two</a><td>2021</tr></table>',
    ],
  ])("lists an investor's portfolio of %s", (_what, portfolio) => {
    const found = company({
      home: "<title>Acme Ventures</title>",
      portfolio: `<h1>Portfolio</h1>${portfolio}<footer><a href="https://maker.example">Made by</a></footer>`,
    });
    expect(found.portfolio.map(({ name, domain }) => [name, domain])).toEqual([
      ["One Inc", "one.example"],
      ["Two", "two.example"],
    ]);
  });

  it("does not take the work of an agency for investments", () => {
    expect(
      company({
        home: "<title>Acme Design</title>",
        portfolio: '<h1>Portfolio</h1><a href="https://one.example">One</a>',
      }).portfolio,
    ).toEqual([]);
  });
});
