import { type Element, isTag } from "domhandler";
import { getElementsByTagName } from "domutils";
import { LIMITS, type PortfolioEntry } from "../../contracts/research.ts";
import { type Line, textOf } from "./lines.ts";
import { isSameSite } from "./links.ts";
import type { Page } from "./page.ts";
import { ancestors, isPageChrome } from "./people-context.ts";
import { isSocialHost } from "./social.ts";
import { clean, fold } from "./text.ts";

interface Investment {
  name: string;
  domain?: string;
}

const INVESTOR =
  /\b(?:ventures?|capital|invest\w*|private equity|equity|funds?|vc|seed|beteiligung\w*|kapital|wagniskapital|participations?|capital risque|fonds|inversion\w*|fondo|partecipazioni|investeringen|participaties|investering\w*|sijoitus\w*|family office|accelerator|holding)\b|投資|投资|ファンド|キャピタル|벤처|투자/u;
const COMPANY_COLUMN =
  /^(?:company|companies|portfolio company|investment|name|business|startup|unternehmen|beteiligung|firma|gesellschaft|societe|entreprise|participation|empresa|compania|azienda|societa|bedrijf|onderneming|selskap|bolag|virksomhed|yhtio|spolka|investee)$|^(?:会社名|企業名|投資先|公司|企业|회사)$/u;
const SECTION =
  /\b(?:portfolio|our companies|portfolio companies|investments|companies we back|our investments|current investments|exits?|exited|realised|realized|former investments|beteiligungen|unternehmen im portfolio|participations|investissements|participadas|partecipazioni|deelnemingen|participaties)\b|投資先|投资组合/u;
const CALL_TO_ACTION =
  /^(?:(?:visit|go to|view|see|open|zur|besuchen|voir|visiter|ver|vai)?\s?(?:the |le |el |il )?(?:web ?site|site|homepage|webseite|case study|company|profile|more|details)|read more|learn more|more|mehr(?: erfahren| lesen)?|en savoir plus|leer mas|website|www|link|all|exited|current|next|previous|back|apply|contact)$/u;

/** The investments that an investor presents, present and exited, each once. Nothing for anyone else. Pure. */
export function extractPortfolio(pages: readonly Page[]): PortfolioEntry[] {
  const portfolioPages = pages.filter((page) => page.kind === "portfolio");
  const relevant = portfolioPages.length > 0 ? portfolioPages : pages.filter((page) => page.kind === "home");
  if (!isInvestor(pages)) return [];
  const entries = new Map<string, PortfolioEntry>();
  for (const page of relevant) {
    for (const { name, domain } of investmentsOn(page)) {
      const key = fold(name);
      const known = entries.get(key);
      if (key === "") continue;
      const merged = known?.domain ?? domain;
      entries.set(key, {
        name: clean(name, LIMITS.name),
        source: known?.source ?? page.url,
        ...(merged ? { domain: merged } : {}),
      });
    }
  }
  return [...entries.values()].slice(0, LIMITS.portfolio);
}

/** Whether a company says that it invests: agencies and architects have portfolios, too. */
function isInvestor(pages: readonly Page[]): boolean {
  const [home] = pages;
  if (!home) return false;
  const head = ["description", "og:description", "og:site_name", "og:title"].map(
    (name) => home.meta.get(name) ?? "",
  );
  const title = getElementsByTagName("title", home.document, true, 1).map((element) =>
    element.children.map((child) => ("data" in child ? child.data : "")).join(""),
  );
  const first = home.lines.slice(0, 25).map((line) => line.text);
  return INVESTOR.test(fold([...head, ...title, ...first].join(" ").slice(0, 5_000)));
}

function investmentsOn(page: Page): Investment[] {
  const inTables = fromTables(page);
  if (inTables.length > 0) return inTables;
  const linked = fromLinks(page);
  return [...linked, ...fromLists(page, new Set(linked.map((entry) => fold(entry.name))))];
}

/** Rows of tables whose header names a column of companies. */
function fromTables(page: Page): Investment[] {
  return getElementsByTagName("table", page.document, true, 20).flatMap((table) => {
    const [head, ...rows] = getElementsByTagName("tr", table, true, 1_000).map((row) =>
      row.children.filter(isTag).filter((cell) => cell.name === "td" || cell.name === "th"),
    );
    const at = (head ?? []).findIndex((cell) => COMPANY_COLUMN.test(fold(textOf(cell, 60))));
    if (at === -1 || (head?.length ?? 0) < 2) return [];
    return rows.flatMap((cells) => {
      const cell = cells[at];
      const name = cell ? textOf(cell, 120) : "";
      const links = cells.flatMap((each) => getElementsByTagName("a", each, true, 5));
      const domain = links
        .map((link) => outsideDomain(link.attribs.href ?? "", page))
        .find((host) => host !== null);
      return name === "" ? [] : [{ name, ...(domain ? { domain } : {}) }];
    });
  });
}

/** Links to other sites: the name is the link's text, its logo's alt text, or the heading of its card. */
function fromLinks(page: Page): Investment[] {
  return getElementsByTagName("a", page.document, true, 1_000).flatMap((anchor) => {
    const domain = outsideDomain(anchor.attribs.href ?? "", page);
    if (domain === null || isPageChrome(anchor) || !isInSection(anchor, page)) return [];
    const name = nameOfLink(anchor);
    return name === null ? [] : [{ name, domain }];
  });
}

function nameOfLink(anchor: Element): string | null {
  const [heading] = headingsIn(anchor);
  const image = getElementsByTagName("img", anchor, true, 3)
    .map((element) => logoName(element.attribs.alt ?? ""))
    .find((alt) => alt !== "");
  const label = logoName(anchor.attribs["aria-label"] ?? anchor.attribs.title ?? "");
  const own = heading ? textOf(heading, 120) : textOf(anchor, 200);
  for (const name of [own, image ?? "", label]) if (isName(name)) return name;
  return nameInCard(anchor);
}

/** The one heading, or the one logo, of the smallest element around a link that has one. */
function nameInCard(anchor: Element): string | null {
  let card = anchor.parent;
  for (let level = 0; level < 4 && card && isTag(card); level += 1) {
    const headings = headingsIn(card);
    if (headings.length > 1) return null;
    const [heading] = headings;
    if (heading) return isName(textOf(heading, 120)) ? textOf(heading, 120) : null;
    const alts = getElementsByTagName("img", card, true, 3)
      .map((image) => logoName(image.attribs.alt ?? ""))
      .filter(isName);
    if (alts.length === 1) return alts[0] ?? null;
    card = card.parent;
  }
  return null;
}

/**
 * Investments without links: items of lists and headings of cards under a heading that says so, and lines that look
 * like those of the linked ones.
 */
function fromLists(page: Page, linked: ReadonlySet<string>): Investment[] {
  const groups = new Map<string, Line[]>();
  for (const line of page.lines) {
    if (line.text === "" || line.text.length > 90 || !isTag(line.element) || isPageChrome(line.element))
      continue;
    const [own, parent] = ancestors(line);
    const key = `${own?.name}.${own?.attribs.class ?? ""}<${parent?.name}.${parent?.attribs.class ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) => {
    const alike = group.filter((line) => linked.has(fold(line.text))).length;
    const listed = alike >= 2 && alike * 2 >= group.length ? group : group.filter(isListed);
    const names = listed
      .map((line) => ({ name: withoutNote(line.text) }))
      .filter((entry) => isName(entry.name));
    return listed.length >= 2 ? names : [];
  });
}

/** An item of a list, or the heading of a card, under a heading that announces investments. */
function isListed(line: Line): boolean {
  const isItem = isTag(line.element) && line.element.name === "li";
  return (isItem || line.level >= 2) && line.headings.some((heading) => SECTION.test(fold(heading)));
}

/** On a portfolio page everything counts; elsewhere only what stands under a heading that says so. */
function isInSection(anchor: Element, page: Page): boolean {
  if (page.kind === "portfolio") return true;
  const line = page.lines.find((each) => each.links.includes(anchor.attribs.href ?? ""));
  return line?.headings.slice(-2).some((heading) => SECTION.test(fold(heading))) ?? false;
}

function headingsIn(element: Element): Element[] {
  return getElementsByTagName((name) => /^h[1-6]$/.test(name), element, true, 3);
}

/** The host of a link to another company's site, or null for this site, social networks and the rest. */
function outsideDomain(href: string, page: Page): string | null {
  if (!URL.canParse(href, page.base)) return null;
  const url = new URL(href, page.base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const host = url.hostname.replace(/^www\./, "");
  if (!host.includes(".") || isSameSite(url, new URL(page.url).hostname) || isSocialHost(host)) return null;
  return host;
}

/** "Aire Instruments (2018, trade sale)" and "Beck & Foss – 2025" without the note. */
function withoutNote(text: string): string {
  return text
    .replace(/\s+[(（–—|].*$/u, "")
    .replace(/,\s.*$/u, "")
    .trim();
}

function logoName(alt: string): string {
  return clean(alt, 120)
    .replace(/\s*[-–|]?\s*\b(?:company )?(?:logo(?:type)?|icon|screenshot)\b(?: of)?\s*/giu, " ")
    .trim();
}

function isName(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 60 &&
    !CALL_TO_ACTION.test(fold(text)) &&
    !/[.!?]$|@|https?:/u.test(text.replace(/\b(?:Inc|Ltd|Co|Corp|S\.A|B\.V)\.$/u, ""))
  );
}
