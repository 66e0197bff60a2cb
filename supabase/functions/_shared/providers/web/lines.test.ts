import { describe, expect, it } from "vitest";
import { linesOf } from "./lines.ts";
import { parseHtml } from "./parse-html.ts";

const lines = (html: string) => linesOf(parseHtml(html));
const texts = (html: string) => lines(html).map((line) => line.text);

describe("linesOf", () => {
  it("breaks at blocks and <br>, not at inline elements", () => {
    expect(texts("<div>a <b>b</b> c<br>d<p>e</p>f</div>")).toEqual(["a b c", "d", "e", "f"]);
  });

  it("keeps apart inline elements that nothing separates", () => {
    expect(texts("<li><span>Jane Doe</span><span>CEO</span></li>")).toEqual(["Jane Doe", "CEO"]);
    expect(texts("<p><b>Jane</b> <b>Doe</b></p>")).toEqual(["Jane Doe"]);
  });

  it("tells the first and the last inline element of a line apart from the rest", () => {
    expect(lines("<p><b>Jane Doe</b>, CEO</p>")[0]).toMatchObject({ lead: "Jane Doe", tail: null });
    expect(lines("<h3>Jane Doe <small>CEO</small></h3>")[0]).toMatchObject({ lead: null, tail: "CEO" });
    expect(lines("<p><b>Jane Doe</b></p>")[0]).toMatchObject({ lead: null, tail: null });
  });

  it("gives each line the links in it, and icon links a line of their own", () => {
    expect(
      lines(
        '<p><a href="/a">x</a></p><a href="/b"><div>y</div><div>z</div></a><p><a href="/c"><svg></svg></a></p>',
      ).map((line) => [line.text, line.links]),
    ).toEqual([
      ["x", ["/a"]],
      ["y", ["/b"]],
      ["z", ["/b"]],
      ["", ["/c"]],
    ]);
  });

  it("knows the headings above a line", () => {
    const [, , third, , last] = lines("<h1>A</h1><h2>B</h2><p>x</p><h2>C</h2><p>y</p>");
    expect(third?.headings).toEqual(["A", "B"]);
    expect(last?.headings).toEqual(["A", "C"]);
  });

  it("starts without headings in a page's own footer, and goes on with them after it", () => {
    const [, footer, after] = lines("<h2>Customers</h2><footer>x</footer><p>y</p>");
    expect([footer?.headings, after?.headings]).toEqual([[], ["Customers"]]);
  });

  it("puts an editor's pieces of one text together", () => {
    const piece = (text: string) => `<span style="color:red">${text}</span>`;
    expect(texts(`<p>${piece("Jane ")}${piece("Doe")}</p>`)).toEqual(["Jane Doe"]);
  });

  it("reads hidden panels, but not hidden pieces inside a line", () => {
    expect(texts('<div hidden>tab</div><p>a<span style="display:none">trap</span>b</p>')).toEqual([
      "tab",
      "ab",
    ]);
  });

  it("decodes Cloudflare's protected addresses", () => {
    expect(
      texts(
        '<p><a class="__cf_email__" data-cfemail="5a33293b3b391a37353528363b343e77383f3f29743f223b372a363f">[email protected]</a></p>',
      ),
    ).toEqual(["isaac@moorland-bees.example"]);
  });
});
