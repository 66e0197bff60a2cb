import { type Element, isTag } from "domhandler";
import { isTitle } from "./job-title.ts";
import type { Line } from "./lines.ts";
import { kindOf, type PageKind } from "./links.ts";
import type { Page } from "./page.ts";
import { fold } from "./text.ts";

/** Headings of what others say or write. */
const VOICES_HEADING =
  /\b(?:testimonials?|(?:what|why) .{0,40}\b(?:say|says|think|love|trust)\b.*|(?:loved|trusted) by .*|reviews?|customer stories|success stories|case studies|kundenstimmen|(?:das|was) .{0,30}\bsagen\b.*|referenzen|kundenmeinungen|bewertungen|temoignages?|avis|ils nous font confiance|testimonios|opiniones|recensioni|dicono di noi|depoimentos|referenties|klantervaringen|ervaringen|klanten vertellen|latest (?:news|posts|articles)|from the (?:blog|journal)|blog|journal|aktuelles|guest authors?)\b|お客様の声|客户评价|고객/u;
/** Headings that may be about others, unless they also say "team" or "contact" ("Investment team", "Press contact"). */
const OTHERS_HEADING =
  /\b(?:news|press|portfolio|investments?|beteiligungen|our customers|our clients|customers|clients|kunden)\b/u;
const OTHERS_CLASS =
  /(?:^|[\s_-])(?:testimonials?|reviews?|quotes?|blockquote|byline|author(?:-box|-bio|-info)?|comments?|blog|blogpost|post-card|news|case-stud(?:y|ies)|customers?|clients?|portfolio|investments?)(?:$|[\s_-])/i;
const TEAM_WORDS =
  /\b(?:team|teams|people|staff|members?|leadership|leaders|founders?|management|board|directors?|persons?|about|who we are|crew|employees?|contact|partners|lawyers|attorneys|advisors?|advisers|ansprechpartner\w*|mitarbeiter\w*|geschaftsfuhr\w*|geschaftsleitung|vorstand|uber uns|wer wir sind|das sind wir|qui sommes nous|quienes somos|kopfe|menschen|equipe|equipo|fondateurs|dirigeants|direction|nosotros|fundador\w*|squadra|persone|chi siamo|medewerkers|mensen|directie|over ons|om oss|ansatte|zespol|o nas|behind|specialists?|experts?|trainers?|owners?|meet|doctors?|dentists?|consultants?)\b|チーム|スタッフ|役員|代表|メンバー|团队|團隊|管理|팀|команда/u;
/** Headings that mention teams or people to sell something. */
const SALES_HEADING =
  /^(?:why|how|built|made|loved|trusted|backed|used|join|for|warum|pourquoi|por que|perche|supported)\b|\b(?:for|who (?!we are|is who|s who)|switch|trust|love|choose|rely)\b/u;
/** Headings about working in the team, not about who is in it. */
const EMPLOYER_HEADING =
  /\b(?:life|working|work|careers?|jobs?|join|perks|benefits|values|culture|hiring|karriere|werte|benefizi|vantaggi|avantages|valeurs|ventajas|valores)\b/u;
const TEAM_CLASS =
  /(?:^|[\s_-])(?:teams?|people|person|staff|members?|leaders?|leadership|founders?|employees?|mitarbeiter|ansprechpartner|equipe|equipo|medewerkers?|contact-person)(?:$|[\s_-])/i;
const TEAM_KINDS: ReadonlySet<PageKind | null> = new Set<PageKind>(["team", "about", "contact", "imprint"]);
const TEAM_HEADING =
  /\b(?:\p{L}*team|people|staff|members|leadership|leaders|founders|management|board|directors|trustees|crew|lawyers|attorneys|advisors|advisers|mitarbeiter\p{L}*|geschaftsleitung|vorstand|beirat|equipe|equipo|squadra|medewerkers|directie|bestuur|ledelse|styrelse|styre|zespol|zarzad|tym|vedeni)\b/u;
/** Looking at more ancestors than this says nothing about the line any more. */
const ANCESTORS = 12;

/** Whether an element is part of what frames every page: its header, menus, footer, notices. */
export function isPageChrome(element: Element): boolean {
  let node: unknown = element;
  for (let level = 0; level < 30 && isElement(node); level += 1) {
    if (/^(?:header|nav|footer)$/.test(node.name) && !/^(?:article|li)$/.test(parentName(node))) return true;
    if (
      /(?:^|[\s_-])(?:footer|navbar|cookie\w*|consent)(?:$|[\s_-])/i.test(classesOf(node)) &&
      node.name !== "body"
    )
      return true;
    node = node.parent;
  }
  return false;
}

function parentName(element: Element): string {
  return isElement(element.parent) ? element.parent.name : "";
}

/** Whether a line stands among people who are not the company's own: reviewers, customers, authors, investees. */
export function isAboutOthers(line: Line, page: Page): boolean {
  if (line.headings.slice(-2).some((heading) => isOthersHeading(heading))) return true;
  for (const element of ancestors(line)) {
    if (/^(?:blockquote|q|cite)$/.test(element.name)) return true;
    if (/^(?:body|main)$/.test(element.name)) return false;
    // Page builders use their testimonial widget for team members, too.
    if (page.kind !== "team" && OTHERS_CLASS.test(classesOf(element))) return true;
  }
  return false;
}

/** Whether an element is, or is inside, what the page itself calls a testimonial, a post, a customer and the like. */
export function isOthersPart(element: Element): boolean {
  let node: unknown = element;
  for (let level = 0; level < ANCESTORS && isElement(node); level += 1) {
    if (/^(?:blockquote|q|cite)$/.test(node.name) || OTHERS_CLASS.test(classesOf(node))) return true;
    node = node.parent;
  }
  return false;
}

/** Whether a heading introduces others: customers' voices, posts, investments. */
export function isOthersHeading(heading: string): boolean {
  if (heading.length > 80) return false;
  const text = fold(heading);
  return VOICES_HEADING.test(text) || (OTHERS_HEADING.test(text) && !TEAM_WORDS.test(text));
}

/** Whether a line stands under a heading or in a part of the page that says "team". */
export function isAmongTeam(line: Line): boolean {
  const heading = line.headings.at(-1);
  if (heading !== undefined && (TEAM_WORDS.test(fold(heading)) || TEAM_KINDS.has(kindOf(heading))))
    return true;
  return ancestors(line).some((element) => element.name !== "body" && TEAM_CLASS.test(classesOf(element)));
}

/** On a home page: whether a line stands under a short heading about the team, not one that praises it to others. */
export function isTeamSection(line: Line): boolean {
  const heading = fold(line.headings.at(-1) ?? "");
  return !SALES_HEADING.test(heading) && heading.split(" ").length <= 8 && isAmongTeam(line);
}

/** Whether the heading right above a line names a team, a board or a role. */
export function isUnderTeamHeading(line: Line): boolean {
  const heading = line.headings.at(-1);
  return (
    heading !== undefined &&
    heading.length <= 60 &&
    !EMPLOYER_HEADING.test(fold(heading)) &&
    (TEAM_HEADING.test(fold(heading)) || isTitle(heading))
  );
}

/** Whether a heading is the name of a group: "Founders", "Board of directors". */
export function isGroupHeading(line: Line): boolean {
  return line.level > 0 && TEAM_HEADING.test(fold(line.text));
}

/** A line's block and the elements around it, innermost first. */
export function ancestors(line: Line): readonly Element[] {
  const known = chains.get(line.element);
  if (known) return known;
  const chain: Element[] = [];
  let node: unknown = line.element;
  while (chain.length < ANCESTORS && isElement(node)) {
    chain.push(node);
    node = node.parent;
  }
  chains.set(line.element, chain);
  return chain;
}

/** Asked for many times a line; goes with the document. */
const chains = new WeakMap<Line["element"], readonly Element[]>();

function isElement(node: unknown): node is Element {
  // Only nodes of a parsed document get here.
  return typeof node === "object" && node !== null && isTag(node as Element);
}

/** Class and id of an element as one text. */
export function classesOf(element: Element): string {
  return `${element.attribs.class ?? ""} ${element.attribs.id ?? ""}`.slice(0, 300);
}
