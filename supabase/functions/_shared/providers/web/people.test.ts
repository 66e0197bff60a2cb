import { describe, expect, it } from "vitest";
import { extractContacts } from "./contacts.ts";
import type { PageKind } from "./links.ts";
import { readPage } from "./page.ts";
import { parseHtml } from "./parse-html.ts";

/** "Name | title | email | phone" of everyone on a page of a site called Acme. */
function people(kind: PageKind, html: string): string[] {
  const home = readPage({ url: "https://acme.example/", document: parseHtml("<title>Acme</title>") }, "home");
  const page = readPage({ url: `https://acme.example/${kind}`, document: parseHtml(html) }, kind);
  const { contacts } = extractContacts({ pages: kind === "home" ? [page] : [home, page] });
  return contacts.map(({ name, title, email, phone }) =>
    [name, title, email, phone].filter((part) => part !== undefined).join(" | "),
  );
}

describe("extractContacts finds people in", () => {
  it.each([
    [
      "cards",
      "team",
      "<div><h3>Eva Lang</h3><p>CEO</p></div><div><h3>Jo Ng</h3><p>Cat herder</p></div>",
      ["Eva Lang | CEO", "Jo Ng | Cat herder"],
    ],
    [
      "cards with the title above",
      "team",
      "<div><p>CEO</p><h3>Eva Lang</h3></div><div><p>Salgschef</p><h3>Jo Ng</h3></div>",
      ["Eva Lang | CEO", "Jo Ng | Salgschef"],
    ],
    ...["mail", "E-Mail", "Courriel", "Nachricht schreiben"].map(
      (word): [string, PageKind, string, string[]] => [
        `cards whose addresses are called "${word}"`,
        "team",
        [
          ["Eva Lang", "CEO", "eva"],
          ["Jo Ng", "CTO", "jo"],
        ]
          .map(
            ([name, title, box]) =>
              `<li><h3>${name}</h3><p>${title}</p><a href="mailto:${box}@acme.example">${word}</a></li>`,
          )
          .join(""),
        ["Eva Lang | CEO | eva@acme.example", "Jo Ng | CTO | jo@acme.example"],
      ],
    ),
    [
      "figures",
      "team",
      "<figure><img><figcaption><b>Eva Lang</b><br>CEO</figcaption></figure>",
      ["Eva Lang | CEO"],
    ],
    [
      "cards that are links",
      "team",
      '<a href="/e"><div><h3>Eva Lang</h3><div>Partner</div></div></a>',
      ["Eva Lang | Partner"],
    ],
    [
      "lines with dashes, commas and brackets",
      "team",
      "<p>Eva Lang – CEO</p><p>Jo Ng, Head of Sales</p><p>Al Roe (CTO)</p>",
      ["Eva Lang | CEO", "Jo Ng | Head of Sales", "Al Roe | CTO"],
    ],
    [
      "small print in headings",
      "team",
      "<h3>Eva Lang <small>CEO</small></h3><h3>Jo Ng <small>Cat herder</small></h3>",
      ["Eva Lang | CEO", "Jo Ng | Cat herder"],
    ],
    [
      "opening phrases",
      "about",
      "<p><b>Eva Lang</b>, CEO and co-founder, has twenty years of experience.</p>",
      ["Eva Lang | CEO and co-founder"],
    ],
    [
      "definition lists",
      "team",
      "<dl><dt>Eva Lang</dt><dd>CEO</dd><dt>Jo Ng</dt><dd>Wizard</dd></dl>",
      ["Eva Lang | CEO", "Jo Ng | Wizard"],
    ],
    [
      "labelled fields",
      "team",
      "<p>Name: Eva Lang</p><p>Position: Keeper of Keys</p>",
      ["Eva Lang | Keeper of Keys"],
    ],
    [
      "tables with a header",
      "team",
      "<table><tr><th>Vorname<th>Nachname<th>Funktion</tr><tr><td>Eva<td>Lang<td>Lager</tr></table>",
      ["Eva Lang | Lager"],
    ],
    [
      "tables without one",
      "contact",
      "<table><tr><td>Eva Lang<td>CEO<td>030 5550101</tr></table>",
      ["Eva Lang | CEO | 030 5550101"],
    ],
    [
      "an imprint",
      "imprint",
      "<p>Geschäftsführer: Dr. Eva Lang, Jo Ng</p>",
      ["Dr. Eva Lang | Geschäftsführer", "Jo Ng | Geschäftsführer"],
    ],
    ["an imprint's lines", "imprint", "<p>Vertreten durch:<br>Eva Lang<br>Jo Ng</p>", ["Eva Lang", "Jo Ng"]],
    [
      "a contact label",
      "contact",
      "<p>Your contact: Eva Lang, Head of Sales</p>",
      ["Eva Lang | Head of Sales"],
    ],
    [
      "a list of bare names",
      "about",
      "<h2>Board of Directors</h2><ul><li>Eva Lang</li><li>Robert Koch</li></ul>",
      ["Eva Lang", "Robert Koch"],
    ],
    [
      "first names among others",
      "team",
      "<h3>Eva Lang</h3><p>CEO</p><h3>Jo Ng</h3><p>CTO</p><h3>Moussa</h3><p>Apprentice</p>",
      ["Eva Lang | CEO", "Jo Ng | CTO", "Moussa | Apprentice"],
    ],
    [
      "Japanese",
      "about",
      "<table><tr><th>代表者</th><td>代表取締役 山田 太郎</td></tr></table>",
      ["山田 太郎 | 代表取締役"],
    ],
    ["Chinese", "team", "<div><h3>王小明</h3><p>总经理</p></div>", ["王小明 | 总经理"]],
    ["Arabic", "team", "<h5>سارة الشمري</h5><p>مهندسة برمجيات</p>", ["سارة الشمري | مهندسة برمجيات"]],
    [
      "classes that say so",
      "team",
      '<p class="m__name">eva lang</p><p class="m__role">brand things</p>',
      ["eva lang | brand things"],
    ],
    [
      "a section of the home page",
      "home",
      "<h2>Meet the founder</h2><h3>Eva Lang</h3><p>Founder</p>",
      ["Eva Lang | Founder"],
    ],
    [
      "JSON-LD and the page, as one person",
      "team",
      '<script type="application/ld+json">{"@type":"Person","name":"Eva Lang","jobTitle":"CEO","worksFor":"Acme"}</script><h3>Eva Lang</h3><p>Chief</p><p>eva@acme.example</p>',
      ["Eva Lang | CEO | eva@acme.example"],
    ],
    [
      "RDFa",
      "team",
      '<p typeof="schema:Person"><b property="schema:name">Eva Lang</b> <i property="schema:jobTitle">CEO</i></p>',
      ["Eva Lang | CEO"],
    ],
    [
      "hCards",
      "team",
      '<div class="h-card"><b class="p-name">Eva Lang</b> <i class="p-job-title">CEO</i> <a class="u-email" href="mailto:eva@acme.example">x</a></div>',
      ["Eva Lang | CEO | eva@acme.example"],
    ],
  ] as const)("%s", (_where, kind, html, expected) => {
    expect(people(kind, html)).toEqual(expected);
  });
});

describe("extractContacts leaves out", () => {
  it.each([
    [
      "headings of services",
      "about",
      "<h3>Family Law</h3><p>Separation, custody.</p><h3>Clear Aligners</h3><p>From £1,950.</p>",
    ],
    [
      "perks of the team",
      "about",
      "<h2>Life in our team</h2><h3>Flexible Hours</h3><p>Work when you like.</p><h3>Learning Budget</h3><p>Each year.</p>",
    ],
    [
      "quoted customers",
      "about",
      "<p>“The best tool we have ever bought for our office.”</p><p>Ann Lee</p><p>CEO</p>",
    ],
    [
      "testimonials by heading",
      "home",
      "<h2>What our clients say</h2><p>Great.</p><p>Ann Lee</p><p>CEO, Foo</p>",
    ],
    ["testimonials by class", "about", '<div class="testimonial"><h3>Ann Lee</h3><p>CEO</p></div>'],
    ["authors", "about", '<div class="author-box"><h3>Ann Lee</h3><p>Editor</p></div>'],
    ["founders of investments", "portfolio", "<h3>Ann Lee</h3><p>Founder</p>"],
    ["job advertisements", "about", "<h3>Senior Engineer</h3><p>Berlin</p>"],
    [
      "outsiders of an imprint",
      "imprint",
      "<p>Datenschutzbeauftragter: Karl Extern</p><p>Redaktion: Ann Lee</p>",
    ],
    [
      "authors in JSON-LD",
      "about",
      '<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"Ann Lee","jobTitle":"Writer"}}</script>',
    ],
  ] as const)("%s", (_what, kind, html) => {
    expect(people(kind, html)).toEqual([]);
  });

  it("the company's number and address, which are nobody's own", () => {
    const html = "<h2>Team</h2><ul><li>Eva Lang, CEO</li></ul><p>+49 30 5550100</p><p>info@acme.example</p>";
    expect(people("contact", html)).toEqual(["Eva Lang | CEO"]);
  });
});
