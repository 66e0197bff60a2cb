import { textContent } from "domutils";
import { describe, expect, it } from "vitest";
import { linesOf } from "./lines.ts";
import { decodeHtml, parseHtml } from "./parse-html.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const TWO_MEGABYTES = 2 * 1024 * 1024;

describe("decodeHtml", () => {
  it.each([
    ["the header's charset", bytes(0xe9), "text/html; charset=ISO-8859-1", "é"],
    ["a quoted charset", bytes(0xe9), 'text/html; charset="latin1"', "é"],
    ["the euro sign of windows-1252", bytes(0x80), "text/html; charset=windows-1252", "€"],
    [
      "a byte order mark over the header",
      bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9),
      "text/html; charset=latin1",
      "é",
    ],
    ["UTF-16 with a byte order mark", bytes(0xff, 0xfe, 0xe9, 0x00), undefined, "é"],
    ["UTF-8 when nothing is declared", bytes(0xc3, 0xa9), undefined, "é"],
    ["windows-1252 when nothing is declared and it is no UTF-8", bytes(0xe9), undefined, "é"],
    ["Shift_JIS", bytes(0x93, 0xfa), "text/html;charset=shift_jis", "日"],
    ["an unknown charset as if none were declared", bytes(0xc3, 0xa9), "text/html; charset=nonsense", "é"],
  ])("reads %s", (_what, body, type, text) => expect(decodeHtml(body, type)).toBe(text));

  it("reads the document's own declaration", () => {
    const body = Buffer.concat([Buffer.from('<meta charset="gb2312">'), bytes(0xd6, 0xd0)]);
    expect(decodeHtml(body, "text/html")).toContain("中");
  });
});

describe("parseHtml", () => {
  it("keeps JSON-LD and drops other scripts, styles and comments", () => {
    const html =
      '<script>a</script><style>b</style><!-- c --><script type="application/ld+json">{"d":1}</script>e';
    expect(textContent(parseHtml(html))).toBe('{"d":1}e');
  });

  it.each([
    ["100,000 nested elements", "<div>".repeat(100_000) + "</b>".repeat(100_000)],
    ["one line of two megabytes", "a".repeat(TWO_MEGABYTES)],
    ["200,000 attributes", `<p ${Array.from({ length: 200_000 }, (_, index) => `a${index}=1`).join(" ")}>`],
    ["two megabytes of opening brackets", "<".repeat(TWO_MEGABYTES)],
    ["two megabytes of line breaks", "Jane Doe<br>".repeat(TWO_MEGABYTES / 12)],
    ["two megabytes of entities", "&amp;".repeat(TWO_MEGABYTES / 5)],
  ])("reads %s in bounded depth, size and number of lines", (_what, html) => {
    const lines = linesOf(parseHtml(html));
    expect(lines.length).toBeLessThanOrEqual(1_501);
    expect(lines.every((line) => line.text.length <= 4_000)).toBe(true);
  });
});
