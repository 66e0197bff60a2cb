import { type AnyNode, type Document, type Element, isTag, isText } from "domhandler";
import { decodeCfEmail } from "./emails.ts";
import { clean } from "./text.ts";

/** One line of a page as a reader sees it: the text between two breaks. Icon links make lines without text. */
export interface Line {
  text: string;
  /** The innermost block element that holds the line. */
  element: Element | Document;
  /** The text of the inline element (bold, link, span) that the line starts with, when more text follows it. */
  lead: string | null;
  /** The text of the inline element that the line ends with, when other text stands before it. */
  tail: string | null;
  /** The `href`s of the links in the line. */
  links: readonly string[];
  /** The class of the element whose text the whole line is: an inline one, else the block. */
  className: string;
  /** The heading level if the line is one, else 0. */
  level: number;
  /** The headings above the line, outermost first; a heading line is not above itself. */
  headings: readonly string[];
}

const LINE_LENGTH = 4_000;
/** What follows on a longer page is not read: every line is looked at by several extractors. */
const MAX_LINES = 1_500;
const SKIPPED = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "head",
  "svg",
  "math",
  "iframe",
  "object",
  "canvas",
  "audio",
  "video",
  "select",
  "textarea",
  "datalist",
]);
const INLINE = new Set([
  "a",
  "abbr",
  "acronym",
  "b",
  "bdi",
  "bdo",
  "big",
  "cite",
  "code",
  "data",
  "del",
  "dfn",
  "em",
  "font",
  "i",
  "img",
  "input",
  "ins",
  "kbd",
  "label",
  "mark",
  "nobr",
  "q",
  "rp",
  "rt",
  "ruby",
  "s",
  "samp",
  "small",
  "span",
  "strike",
  "strong",
  "sub",
  "sup",
  "time",
  "tt",
  "u",
  "var",
  "wbr",
  "picture",
  "source",
  "center",
]);

/** Footers of page builders and of pages before HTML 5. */
const FOOTER_NAME =
  /(?:^|[\s_-])(?:location-footer|site-?footer|page-?footer|SITE_FOOTER|footer|foot|fuss|pied)(?:$|\s)/i;

/**
 * True for an element whose content is no text of the page. Hidden blocks are read: tabs, accordions and dialogs wait
 * there for a click. Hidden pieces inside a line are not: they are traps in obfuscated addresses.
 */
export function isHidden(element: Element): boolean {
  if (SKIPPED.has(element.name)) return true;
  if (!INLINE.has(element.name)) return false;
  const style = element.attribs.style;
  const isConcealed = style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
  return isConcealed || "hidden" in element.attribs;
}

/** True for an element that does not break the line. */
export function isInline(element: Element): boolean {
  return INLINE.has(element.name);
}

/** The visible text of a node as one line; block elements and breaks count as spaces. */
export function textOf(node: AnyNode, max = LINE_LENGTH): string {
  return linesOf(node)
    .map((line) => line.text)
    .filter((text) => text !== "")
    .join(" ")
    .slice(0, max);
}

/** The visible lines of a document or a part of it, in reading order. Obfuscated e-mail elements are decoded. */
export function linesOf(root: AnyNode): Line[] {
  const reader = new LineReader(root);
  reader.read(root);
  reader.flush();
  return reader.lines;
}

class LineReader {
  readonly lines: Line[] = [];
  #block: Element | Document | null;
  #text = "";
  #lead: string | null = null;
  #tail = "";
  #leadClass = "";
  #links: string[] = [];
  /** The links that are open while their content is read. */
  #open: string[] = [];
  #afterInline = false;
  #previous: Element | null = null;
  #headings: { level: number; text: string }[] = [];

  constructor(root: AnyNode) {
    this.#block = isTag(root) || root.type === "root" ? (root as Element | Document) : null;
  }

  read(node: AnyNode): void {
    if (isText(node)) {
      if (node.data !== "") this.#afterInline = false;
      if (this.#text.length < LINE_LENGTH) this.#text += node.data;
      return;
    }
    if (node.type === "root") for (const child of node.children) this.read(child);
    if (!isTag(node) || this.lines.length >= MAX_LINES || isHidden(node)) return;
    const cfEmail = node.attribs["data-cfemail"];
    if (cfEmail !== undefined) this.#text += decodeCfEmail(cfEmail) ?? "";
    else if (node.name === "br") this.flush();
    else if (isInline(node)) this.#readInline(node);
    else this.#readBlock(node);
  }

  flush(): void {
    const text = clean(this.#text, LINE_LENGTH);
    const lead = this.#lead === null ? "" : clean(this.#lead, LINE_LENGTH);
    const links = text === "" ? this.#links : [...new Set([...this.#links, ...this.#open])];
    const tail = clean(this.#tail, LINE_LENGTH);
    this.#text = "";
    const isOneElement = lead !== "" && lead === text && this.#leadClass !== "";
    const blockClass = this.#block !== null && isTag(this.#block) ? (this.#block.attribs.class ?? "") : "";
    const className = isOneElement ? this.#leadClass : blockClass;
    this.#leadClass = "";
    this.#lead = null;
    this.#tail = "";
    this.#links = [];
    this.#afterInline = false;
    if ((text === "" && links.length === 0) || this.#block === null) return;
    const level = text === "" ? 0 : headingLevel(this.#block);
    if (level > 0) this.#headings = this.#headings.filter((heading) => heading.level < level);
    const headings = this.#headings.map((heading) => heading.text);
    this.lines.push({
      text,
      element: this.#block,
      lead: lead !== "" && lead !== text ? lead : null,
      tail: tail !== "" && tail !== text && text.endsWith(tail) ? tail : null,
      className,
      links,
      level,
      headings,
    });
    if (level > 0) this.#headings = [...this.#headings, { level, text }];
  }

  #readInline(element: Element): void {
    // `<span>Jane Doe</span><span>CEO</span>`: nothing but style sheets keeps these apart.
    if (this.#afterInline && element.children.length > 0 && !this.#continues(element)) this.flush();
    const href = element.name === "a" ? element.attribs.href : undefined;
    const isLink = href !== undefined && href.length <= 2_000;
    const startsLine = this.#text.trim() === "";
    const lines = this.lines.length;
    const before = this.#text;
    if (isLink) this.#open.push(href);
    for (const child of element.children) this.read(child);
    if (isLink) {
      this.#open.pop();
      // A link whose text has already made lines of its own is in those; an icon link is kept for itself.
      if (this.lines.length === lines || this.#text !== before) this.#links.push(href);
    }
    if (startsLine && this.#lead === null && this.lines.length === lines && this.#text.trim() !== "") {
      this.#lead = this.#text;
      this.#leadClass = element.attribs.class ?? this.#leadClass;
    }
    if (this.lines.length === lines) this.#tail = this.#text.slice(before.length);
    this.#afterInline = element.children.length > 0;
    this.#previous = element;
  }

  /** `<span style="x">Jane </span><span style="x">Doe</span>`: an editor's pieces of one text. */
  #continues(element: Element): boolean {
    const [a, b] = [this.#previous?.attribs ?? {}, element.attribs];
    const isStyled = (b.style ?? b.class ?? "") !== "";
    return isStyled && a.style === b.style && a.class === b.class && /\s$/.test(this.#text);
  }

  #readBlock(element: Element): void {
    this.flush();
    const outer = this.#block;
    const headings = this.#headings;
    const isFrame = isPageFrame(element);
    if (isFrame) this.#headings = [];
    this.#block = element;
    for (const child of element.children) this.read(child);
    this.flush();
    this.#block = outer;
    if (isFrame) this.#headings = headings;
  }
}

/** A page's own footer or menu: the last heading above it says nothing about it. */
function isPageFrame({ name, attribs, parent }: Element): boolean {
  if (name === "nav" || name === "aside" || attribs.role === "contentinfo") return true;
  const owner = parent && isTag(parent) ? parent.name : "";
  if (name === "footer") return !/^(?:article|blockquote|li|figure)$/.test(owner);
  return name === "div" && FOOTER_NAME.test(`${attribs.class ?? ""} ${attribs.id ?? ""}`.slice(0, 300));
}

/** 1 to 6 for text inside h1 to h6, else 0. */
function headingLevel(block: Element | Document): number {
  const match = isTag(block) ? /^h([1-6])$/.exec(block.name) : null;
  return match ? Number(match[1]) : 0;
}
