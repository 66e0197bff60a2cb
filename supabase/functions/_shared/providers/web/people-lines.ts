import { beginsWithGivenName } from "./given-names.ts";
import { isTitle, isTitleShaped } from "./job-title.ts";
import { isPostNominals } from "./name-affixes.ts";
import { isOutsiderLabel } from "./outsiders.ts";
import { type NameParts, readPersonName } from "./person-name.ts";

/** What one line says about people: a name, maybe with the title beside it. */
export interface NamedInLine {
  name: NameParts;
  title: string | null;
  /** True when the title is one by its words, false when it only stands where a title would. */
  sure: boolean;
  /** Named as the one to turn to: the number beside the name is theirs. */
  isContact?: true;
}

const SEPARATOR = /\s+[–—―|·•/-]\s+|\s*[|–—]\s*|,\s+|:\s+|\s+[(（]|　+/gu;
/** A line with more separators is a list, not a person. */
const MAX_SPLITS = 4;
const TITLE_LABEL =
  /^(?:title|job title|position|role|function|funktion|fonction|poste|cargo|puesto|ruolo|functie|stilling|titel|stanowisko|役職|职位|職位|职务|직책|직위|должность)\s?$/iu;
/** What decides whether a text is a name. */
export type NameReader = (text: string) => NameParts | null;

/** Reads a whole line, or its start, as one person with or without a title. */
export function readPersonLine(
  stated: string,
  lead: string | null,
  tail: string | null = null,
  readName: NameReader = readPersonName,
): NamedInLine | null {
  const text = withoutContact(stated);
  const marked =
    (lead === null ? null : readLead(text, lead, readName)) ??
    (tail === null ? null : readTail(text, tail, readName));
  if (marked) return marked;
  if (text.length > 160) return readOpening(text, readName);
  return readSplitLine(text, readName) ?? readOpening(text, readName) ?? readWholeLine(text, readName);
}

/** "Jane Doe | CEO | T 030 5550101" without what comes after the title: numbers and addresses, and their labels. */
export function withoutContact(text: string): string {
  const at = text.search(/\S+@\S+|(?:\+|\(?0|\(\d)[\d\s()./–-]{6,}|\d{3}[-.]\d{3}[-.]\d{4}/u);
  if (at < 4) return text;
  return text
    .slice(0, at)
    .replace(
      /[\s|,;:–—·•(<-]+(?:(?:e-?)?mail|tel\p{L}*|phone|fon|mob\p{L}*|handy|cell|direct|dir|[tmedp])?[\s.:|,;–—·•(<-]*$/iu,
      "",
    );
}

/** A line that starts in bold or as a link: "<b>Jane Doe</b> Managing Director", "<b>CEO:</b> Jane Doe". */
function readLead(text: string, lead: string, readName: NameReader): NamedInLine | null {
  const rest = text.startsWith(lead) ? text.slice(lead.length).replace(/^[\s,:;|–—(-]+/u, "") : "";
  const name = readName(lead);
  const title = firstClause(rest) ?? predicate(rest);
  if (name && title !== null) return { name, title, sure: true };
  if (rest === "" || !isTitle(lead.replace(/:$/, "")) || isOutsiderLabel(lead)) return null;
  const after = readName(rest);
  return after && { name: after, title: lead.replace(/\s*:$/, ""), sure: true };
}

/** Where a role ends and a sentence goes on: "founder of Acme", "designer who …". */
const CLAUSE = /\s(?:who|which|that|with|from|based|since|where|der|die|qui|que|che|som)\s/u;

/** The role in "… is our CEO. She studied …". */
export function predicate(rest: string): string | null {
  const match =
    /^(?:is|ist|est|es|è|är|er)\s(?:our|the|unsere?|der|die|notre|la|le|nuestr[oa]|el|il|vår|vores)\s([^.,;:]{2,60})(?:[.,;]|$)/u.exec(
      rest,
    );
  const title = match?.[1]?.split(CLAUSE)[0]?.trim() ?? "";
  return isTitle(title) ? title : null;
}

/** A line that ends in other type: "Jane Doe <small>Managing Director</small>". */
function readTail(text: string, tail: string, readName: NameReader): NamedInLine | null {
  const name = readName(text.slice(0, -tail.length).replace(/[\s,:;|–—(-]+$/u, ""));
  const title = tail.replace(/^[\s,:;|–—(-]+|[\s)]+$/gu, "");
  return name && isTitleShaped(title) && !isPostNominals(title)
    ? { name, title, sure: isTitle(title) }
    : null;
}

/** A paragraph that opens with a name and a role: "Jane Doe, Founder. Jane has …". */
function readOpening(text: string, readName: NameReader): NamedInLine | null {
  const match = /^([^,.;:–—]{4,60})(?:,\s|\s[–—-]\s)(.{3,100})/u.exec(text);
  const name = match?.[1] ? readName(match[1]) : null;
  const title = name && match?.[2] && /[.;]\s/.test(text) ? firstClause(match[2]) : null;
  return name && title !== null ? { name, title, sure: true } : null;
}

/** What follows a title in brackets but is a link: "(GitHub)", "(LinkedIn)". */
const LINK_NOTE =
  /\s*[([](?:github|linkedin|twitter|x|mastodon|bluesky|instagram|e-?mail|website|web|bio|cv)[)\]]?$/iu;

/** The title that a text begins with, up to the end of the clause; null if it is none. */
function firstClause(stated: string): string | null {
  const text = stated.replace(LINK_NOTE, "");
  if (isTitle(text.replace(/\)$/, ""))) return text.replace(/\)$/, "");
  const clause =
    text
      .slice(0, 160)
      .split(/[.;()]\s|\s[–—]\s|\)$/u)[0]
      ?.trim() ?? "";
  // "CEO and co-founder, has twenty years of …": as many phrases as still make a title.
  const phrases = clause.split(/,\s/).slice(0, 4);
  for (let count = phrases.length; count > 0; count -= 1) {
    const title = phrases.slice(0, count).join(", ");
    if (title.length <= 80 && title.length < text.length && isTitle(title)) return title;
  }
  return null;
}

/** "Name: Jane Doe" */
export function readNameField(text: string): NamedInLine | null {
  const match =
    /^(?:name|naam|nom|nombre|nome|navn|namn|nimi|氏名|名前|姓名|이름|имя)\s?[:：]\s*(.{2,80})$/iu.exec(text);
  return match?.[1] ? readWholeLine(match[1], readPersonName) : null;
}

/** Whether a text is only the label of a title, as in definition lists and tables. */
export function isTitleLabel(text: string): boolean {
  return TITLE_LABEL.test(text.replace(/\s*[:：]$/, ""));
}

/** The title in "Position: Head of Sales"; null for other lines. */
export function readTitleField(text: string): string | null {
  const match = /^([^:：]{2,30})[:：]\s*(.{2,100})$/u.exec(text);
  const [, label = "", value = ""] = match ?? [];
  return isTitleLabel(label) && isTitleShaped(value) ? value : null;
}

function readWholeLine(text: string, readName: NameReader): NamedInLine | null {
  const name = readName(text);
  return name ? { name, title: null, sure: false } : null;
}

/** "Name – Title", "Name, Title", "Name (Title)", "Title: Name" and the like. */
function readSplitLine(text: string, readName: NameReader): NamedInLine | null {
  let shaped: NamedInLine | null = null;
  let found: NamedInLine | null = null;
  for (const match of [...text.matchAll(SEPARATOR)].slice(0, MAX_SPLITS)) {
    const left = text.slice(0, match.index).trim();
    const rest = text.slice(match.index + match[0].length);
    const right = (/[(（]$/.test(match[0]) ? (rest.split(/[)）]/)[0] ?? "") : rest).trim();
    const name = readName(left);
    // The longest name wins: "Jane Doe, PhD, CEO".
    if (name && isTitle(right)) found = { name, title: right, sure: true };
    else if (name && isNameRather(right, left))
      shaped ??= { name: readPersonName(right) ?? name, title: left, sure: false };
    else if (
      name &&
      isTitleShaped(right) &&
      !isPostNominals(right) &&
      (/[–—|-]/u.test(match[0]) || right.length <= 40)
    ) {
      shaped ??= { name, title: right, sure: false };
    } else if (!name && !match[0].startsWith(",") && isTitle(left) && !isOutsiderLabel(left)) {
      const after = readName(right);
      if (after) found ??= { name: after, title: left, sure: true };
    }
  }
  return found ?? shaped ?? readTitleThenName(text, readName);
}

/** "Customer Success – Jane Lang": both sides are built like names, and one begins with a common first name. */
function isNameRather(text: string, other: string): boolean {
  return readPersonName(text) !== null && beginsWithGivenName(text) && !beginsWithGivenName(other);
}

/** "Geschäftsführer Anna Weber", "代表取締役 山田太郎", "张伟 首席执行官": role and name with only a space between them. */
function readTitleThenName(text: string, readName: NameReader): NamedInLine | null {
  if (text.length > 80 || readName(text)) return null;
  const words = text.split(/\s+/);
  const isCjk = /[\p{Script=Han}\p{Script=Hangul}]/u.test(text);
  for (let count = 1; count <= Math.min(5, words.length - 1); count += 1) {
    const [left, right] = [words.slice(0, count).join(" "), words.slice(count).join(" ")];
    if ((isCjk || count === 1) && !left.endsWith(",") && isTitle(left) && !isOutsiderLabel(left)) {
      const name = readName(right);
      if (name) return { name, title: left, sure: true };
    }
    const name = isCjk && isTitle(right) ? readName(left) : null;
    if (name) return { name, title: right, sure: true };
  }
  return null;
}
