import { isTag } from "domhandler";
import { getElementsByTagName } from "domutils";
import type { Sourced } from "../../contracts/research.ts";
import { LIMITS } from "../../contracts/research.ts";
import { type Line, textOf } from "./lines.ts";
import type { Stated } from "./organization.ts";
import type { Page } from "./page.ts";
import { ancestors, classesOf, isOthersHeading } from "./people-context.ts";
import { allTexts, firstText } from "./schema-org.ts";
import { clean, fold } from "./text.ts";

const INDUSTRY_LABEL =
  /^(?:industry|industries|sector|sectors|branche|branchen|wirtschaftszweig|tatigkeitsbereich|secteur|secteur d activite|secteurs|sector de actividad|industria|settore|settori|setor|sektor|toimiala|branza|obor|odvetvi|iparag|sektorler)$|^(?:業種|事業内容|業界|行业|所属行业|產業|産業|업종|отрасль)$/u;
const TITLE_SEPARATOR = /\s+[|–—·•:»-]\s+|\s*[|»]\s*|:\s+/u;

/** What the site calls itself: its organization's name, og:site_name, its logo, or its title without slogan. */
export function companyName(stated: readonly Stated[], pages: readonly Page[]): Sourced | undefined {
  for (const { node, page } of stated) {
    const name = firstText(node, "name");
    if (name !== undefined) return { value: clean(name, LIMITS.name), source: page.url };
  }
  const [home] = pages;
  if (!home) return undefined;
  const value =
    home.meta.get("og:site_name") ?? logoText(home) ?? home.meta.get("application-name") ?? titleName(home);
  return value === undefined ? undefined : { value: clean(value, LIMITS.name), source: home.url };
}

/** By precedence: the organization's description, meta description, og:description, the first real paragraph. */
export function companyDescription(stated: readonly Stated[], pages: readonly Page[]): Sourced | undefined {
  for (const { node, page } of stated) {
    const description = firstText(node, "description");
    if (description !== undefined) return { value: clean(description, LIMITS.description), source: page.url };
  }
  const [home] = pages;
  if (!home) return undefined;
  const value = home.meta.get("description") ?? home.meta.get("og:description") ?? firstParagraph(home);
  return value === undefined ? undefined : { value: clean(value, LIMITS.description), source: home.url };
}

/** The fields of work the site declares: the organization's, meta keywords, labelled lines. Never words of its prose. */
export function industryWords(stated: readonly Stated[], pages: readonly Page[]): Sourced[] {
  const fromNodes = stated.flatMap(({ node, page }) =>
    [...allTexts(node, "industry", "knowsAbout"), ...allTexts(node, "keywords").flatMap(splitList)].map(
      (value) => ({ value, source: page.url }),
    ),
  );
  const fromMeta = pages
    .slice(0, 1)
    .flatMap((page) =>
      splitList(page.meta.get("keywords") ?? "").map((value) => ({ value, source: page.url })),
    );
  const fromLabels = pages.flatMap((page) =>
    labelledIndustry(page).map((value) => ({ value, source: page.url })),
  );
  const seen = new Set<string>();
  return [...fromNodes, ...fromMeta, ...fromLabels].flatMap(({ value, source }) => {
    const text = clean(value, LIMITS.short);
    const key = fold(text);
    if (key === "" || seen.has(key) || /^https?:/.test(text)) return [];
    seen.add(key);
    return [{ value: text, source }];
  });
}

function labelledIndustry(page: Page): string[] {
  return page.lines.flatMap((line, at) => {
    const inline = /^([^:：]{2,40})[:：]\s*(.{2,200})$/u.exec(line.text);
    if (inline?.[1] && inline[2] && INDUSTRY_LABEL.test(fold(inline[1]))) return splitList(inline[2]);
    const next = page.lines[at + 1];
    const isLabel = line.text.length < 40 && /^(?:th|dt|td)$/.test(blockName(line));
    return isLabel && next && /^(?:td|dd)$/.test(blockName(next)) && INDUSTRY_LABEL.test(fold(line.text))
      ? splitList(next.text)
      : [];
  });
}

function blockName(line: Line): string {
  return isTag(line.element) ? line.element.name : "";
}

function splitList(text: string): string[] {
  return text
    .slice(0, 2_000)
    .split(/\s*[,;、，；|·•]\s*|\s+\/\s+/u)
    .map((part) => part.replace(/[.。]$/u, "").trim())
    .filter((part) => part !== "");
}

/** The text or alt text of what links home in the header. */
function logoText(home: Page): string | undefined {
  for (const anchor of getElementsByTagName("a", home.document, true, 40)) {
    const href = anchor.attribs.href ?? "";
    if (
      !URL.canParse(href, home.base) ||
      new URL(href, home.base).pathname !== "/" ||
      /^(?:#|javascript:)/.test(href)
    )
      continue;
    const images = getElementsByTagName("img", anchor, true, 3);
    const alt = images
      .flatMap((image) => [image.attribs.alt ?? "", image.attribs.title ?? ""])
      .map((value) => clean(value, 100))
      .find((value) => value !== "" && !isFileName(value));
    const text = (textOf(anchor, 100) || (alt ?? ""))
      .replace(/\s*[-–|]?\s*\blogo\b\s*[-–|]?\s*/giu, " ")
      .trim();
    if (
      text !== "" &&
      text.length <= 60 &&
      !/^(?:home(?:page)?|start(?:seite)?|accueil|inicio|hjem|hem|skip .*|back|menu|index|to top|ホーム|首页|홈)$/iu.test(
        text,
      )
    )
      return text;
  }
  return undefined;
}

/** "greywater-logo-rgb-2x", "IMG_2210.PNG": what the picture was called, not the company. */
function isFileName(alt: string): boolean {
  return /\.(?:png|jpe?g|gif|svg|webp|avif)$/i.test(alt) || (/[-_].*[-_]/.test(alt) && !/\s/.test(alt));
}

/** The part of the title that is the name: the one that resembles the host, else the shortest end. */
function titleName(home: Page): string | undefined {
  const [element] = getElementsByTagName("title", home.document, true, 1);
  const title = element
    ? clean(element.children.map((child) => ("data" in child ? child.data : "")).join(""), 300)
    : "";
  const heading = home.lines.find((line) => line.level === 1)?.text;
  const parts = (title || heading || "")
    .split(TITLE_SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const label = fold(new URL(home.url).hostname.replace(/^www\./, "").split(".")[0] ?? "").replaceAll(
    " ",
    "",
  );
  const alike = parts.find((part) => label !== "" && resembles(fold(part).replaceAll(" ", ""), label));
  return (
    alike ??
    parts
      .filter((part) => !/^(?:home(?:page)?|start(?:seite)?|welcome|willkommen)$/iu.test(part))
      .toSorted((a, b) => a.length - b.length)[0]
  );
}

function resembles(part: string, label: string): boolean {
  if (part === "") return false;
  return (
    part.includes(label) ||
    label.includes(part) ||
    (part.slice(0, 5) === label.slice(0, 5) && part.length < label.length * 2.5)
  );
}

function firstParagraph(home: Page): string | undefined {
  return home.lines.find((line) => {
    const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(line.text);
    if (line.text.length < (cjk ? 20 : 60) || !/[.!?。！？]/u.test(line.text) || line.level > 0) return false;
    if (
      /[©@]|\bcookies?\b|javascript|^["“„«]/iu.test(line.text) ||
      line.headings.slice(-1).some(isOthersHeading)
    )
      return false;
    return !ancestors(line).some(
      (element) =>
        /^(?:header|nav|footer|aside|form|blockquote|button)$/.test(element.name) ||
        /cookie|consent|banner|footer|navbar|notice/i.test(classesOf(element)),
    );
  })?.text;
}
