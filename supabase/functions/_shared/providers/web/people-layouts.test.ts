import { describe, expect, it } from "vitest";
import { extractContacts } from "./contacts.ts";
import type { PageKind } from "./links.ts";
import { readPage } from "./page.ts";
import { parseHtml } from "./parse-html.ts";

/** "Name | title | phone" of everyone on a page of a site called Acme. */
function people(kind: PageKind, html: string): string[] {
  const home = readPage({ url: "https://acme.example/", document: parseHtml("<title>Acme</title>") }, "home");
  const page = readPage({ url: `https://acme.example/${kind}`, document: parseHtml(html) }, kind);
  return extractContacts({ pages: kind === "home" ? [page] : [home, page] }).contacts.map(
    ({ name, title, phone }) => [name, title, phone].filter((part) => part !== undefined).join(" | "),
  );
}

describe("titles that no list of roles knows are found", () => {
  it.each([
    [
      "where those of the others stand",
      "<div><h3>Jane Lang</h3><p>CEO</p></div><div><h3>Jon Roe</h3><p>CTO</p></div><div><h3>Tim Berg</h3><p>Sheet Metal</p></div>",
      ["Jane Lang | CEO", "Jon Roe | CTO", "Tim Berg | Sheet Metal"],
    ],
    [
      "below every name of a list",
      "<p>Jane Lang<br>Moon Desk<br>030 5550111</p><p>Jon Roe<br>Sun Desk<br>030 5550112</p><p>Tim Berg<br>Star Desk<br>030 5550113</p>",
      [
        "Jane Lang | Moon Desk | 030 5550111",
        "Jon Roe | Sun Desk | 030 5550112",
        "Tim Berg | Star Desk | 030 5550113",
      ],
    ],
    [
      "in the other column of a table without header",
      "<table><tr><td>Moon<td>Jane Lang</tr><tr><td>Stars<td>Jon Roe</tr><tr><td>Tides<td>Tim Berg</tr></table>",
      ["Jane Lang | Moon", "Jon Roe | Stars", "Tim Berg | Tides"],
    ],
    [
      "before the name",
      "<ul><li>CEO – Jane Lang</li><li>Moon Desk – Jon Roe</li></ul>",
      ["Jane Lang | CEO", "Jon Roe | Moon Desk"],
    ],
    [
      "before a number in the same line",
      "<p>Jane Lang | CEO | T 030 5550101</p><p>Jon Roe | CTO | T 030 5550102</p>",
      ["Jane Lang | CEO | 030 5550101", "Jon Roe | CTO | 030 5550102"],
    ],
    [
      "in the first sentence",
      "<h3>Jane Lang</h3><p>Jane is our CEO. She likes lists.</p>",
      ["Jane Lang | CEO"],
    ],
    [
      "in a definition list, on their own side",
      "<dl><dt>CEO</dt><dd>Jane Lang</dd><dt>CTO</dt><dd>Jon Roe</dd></dl>",
      ["Jane Lang | CEO", "Jon Roe | CTO"],
    ],
  ])("%s", (_where, html, expected) => expect(people("team", html)).toEqual(expected));
});

describe("nothing else is taken for a title:", () => {
  it.each([
    [
      "the department over the next names",
      "<h3>Legal</h3><p>Jane Lang</p><p>Jon Roe</p><h3>Sales</h3><p>Tim Berg</p><p>Ute Berg</p>",
      ["Jane Lang", "Jon Roe", "Tim Berg", "Ute Berg"],
    ],
    [
      "the link of a card",
      "<div><h3>Jane Lang</h3><p>CEO</p><p>View profile</p></div><div><h3>Jon Roe</h3><p>CTO</p><p>View profile</p></div><div><h3>Tim Berg</h3><p>View profile</p></div>",
      ["Jane Lang | CEO", "Jon Roe | CTO", "Tim Berg"],
    ],
    [
      "where an adviser works",
      "<h2>Board</h2><ul><li>Jane Lang, chair</li><li>Jon Roe, TU Dresden</li></ul>",
      ["Jane Lang | chair", "Jon Roe"],
    ],
    [
      "the role at the top of the next card",
      "<div><small>Sun</small><h3>Jane Lang</h3><p>Rides bikes</p></div><div><small>CEO</small><h3>Tim Berg</h3><p>Runs far</p></div><div><small>CTO</small><h3>Jon Roe</h3><p>Swims</p></div>",
      ["Jane Lang | Sun", "Tim Berg | CEO", "Jon Roe | CTO"],
    ],
  ])("%s", (_what, html, expected) => expect(people("team", html)).toEqual(expected));
});

describe("names are found", () => {
  it.each([
    ["broken in two", "<h3>Jane<br>Lang</h3><p>CEO</p>", ["Jane Lang | CEO"]],
    ["without a first name", "<h3>Dr. Lang</h3><p>Zahnarzt</p>", ["Dr. Lang | Zahnarzt"]],
    [
      "in a list in one line",
      "<h2>Team</h2><p>Jane Lang, Jon Roe and Tim Berg</p>",
      ["Jane Lang", "Jon Roe", "Tim Berg"],
    ],
    [
      "that end in a common word, among others",
      "<h3>Jane Lang</h3><p>CEO</p><h3>Jon Roe</h3><p>CTO</p><h3>Adam West</h3><p>Caretaker</p>",
      ["Jane Lang | CEO", "Jon Roe | CTO", "Adam West | Caretaker"],
    ],
    [
      "surname first, in a table",
      "<table><tr><th>Name<th>Title</tr><tr><td>Lang, Jane<td>CEO</tr></table>",
      ["Jane Lang | CEO"],
    ],
    [
      "in alternative texts",
      '<img alt="Jane Lang, CEO"><img alt="Jon Roe, CTO"><img alt="Our garden">',
      ["Jane Lang | CEO", "Jon Roe | CTO"],
    ],
    [
      "in pieces of formatting",
      '<p><b style="x">Jane </b><b style="x">Lang</b></p><p>CEO</p>',
      ["Jane Lang | CEO"],
    ],
  ])("%s", (_how, html, expected) => expect(people("team", html)).toEqual(expected));

  it("behind the word for who represents a company", () => {
    const html = "<p>vertreten durch die Geschäftsführer Dipl.-Ing. (FH) Jon Roe und Dr. Jane Lang</p>";
    expect(people("imprint", html)).toEqual([
      "Dipl.-Ing. (FH) Jon Roe | Geschäftsführer",
      "Dr. Jane Lang | Geschäftsführer",
    ]);
  });

  it("with the number of who is to be called, not the office's above", () => {
    const html =
      "<section><p>+49 30 5550100</p><p>Your contact: Jane Lang, Head of Sales<br>+49 30 5550111</p></section>";
    expect(people("contact", html)).toEqual(["Jane Lang | Head of Sales | +49 30 5550111"]);
  });
});

describe("outsiders are left out:", () => {
  it.each([
    [
      "an agency's contact, known by its address",
      "contact",
      "<p>hello@acme.example</p><p>Press: Foo Relations<br>Ann Lee, Director<br>ann@foo.test</p>",
    ],
    [
      "reviewers under stars",
      "home",
      "<h2>Our people love it</h2><div>★★★★★</div><p>Great.</p><h4>Ann Lee</h4><p>CEO</p>",
    ],
    ["a speaker", "home", "<p>Referent: Dr. Ann Lee, Bern</p>"],
    [
      "what a page builder fills in",
      "team",
      "<h3>John Doe</h3><p>CEO</p><h3>Ann Lee</h3><p>Founder</p><p>Lorem ipsum</p>",
    ],
    [
      "headings of values that look like names",
      "about",
      "<h2>What we believe</h2><ul><li><b>Slow Food</b> – like moss</li></ul>",
    ],
  ] as const)("%s", (_who, kind, html) => expect(people(kind, html)).toEqual([]));
});
