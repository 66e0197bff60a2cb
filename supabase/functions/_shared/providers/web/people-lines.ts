import { isTitle, isTitleShaped } from "./job-title.ts";
import { isPostNominals, type NameParts, readPersonName } from "./person-name.ts";

/** What one line says about people: a name, maybe with the title beside it. */
export interface NamedInLine {
  name: NameParts;
  title: string | null;
  /** True when the title is one by its words, false when it only stands where a title would. */
  sure: boolean;
}

const SEPARATOR = /\s+[–—―|·•/-]\s+|\s*[|–—]\s*|,\s+|:\s+|\s+[(（]|　+/gu;
/** A line with more separators is a list, not a person. */
const MAX_SPLITS = 4;
const TITLE_LABEL =
  /^(?:title|job title|position|role|function|funktion|fonction|poste|cargo|puesto|ruolo|functie|stilling|titel|stanowisko|役職|职位|職位|职务|직책|직위|должность)\s?$/iu;
/** Where a second label starts in the same line: "联系人：陈伟 手机：138…", "Anna Weber, Tel.: 089…". */
const NEXT_FIELD = /[\s,;|]+\p{L}[\p{L}.-]{1,20}\s?[:：]/u;
const CONTACT_LABEL =
  /^(?:(?:your |our |ihre? |unser[e]? |votre |su |tu |uw )?(?:contact(?: person)?|contact us|contact name|ansprechpartner(?:in)?|ansprechperson|kontaktperson|kontakt|interlocut(?:eur|rice)|persona de contacto|referente|contactpersoon|vertreten durch(?: den| die)?|vertretungsberechtigt\p{L}*|represented by|representee? par)|contact|担当者?|お問い合わせ担当|联系人|聯絡人|담당자)$/iu;
/** Roles that outsiders hold, and labels of credits. */
const OUTSIDER =
  /datenschutz|data protection|\bdpo\b|privacy|webmaster|photo|foto|bild|design(?:ed)? by|webdesign|umsetzung|hosting|programmierung|redaktion|text(?:e)?:|inhaltlich|verantwortlich|aufsichts(?:behorde|behörde)|registergericht/iu;

/** Whether a text is only a label that announces a person: "Ansprechpartner", "Your contact", "Vertreten durch". */
export function isContactLabel(text: string): boolean {
  return text.length <= 60 && CONTACT_LABEL.test(text.replace(/\s*[:：]\s*$/, "").trim());
}

/** Reads a whole line, or its start, as one person with or without a title. */
export function readPersonLine(
  text: string,
  lead: string | null,
  tail: string | null = null,
): NamedInLine | null {
  const marked =
    (lead === null ? null : readLead(text, lead)) ?? (tail === null ? null : readTail(text, tail));
  if (marked) return marked;
  if (text.length > 160) return readOpening(text);
  return readSplitLine(text) ?? readOpening(text) ?? readWholeLine(text);
}

/** A line that starts in bold or as a link: "<b>Jane Doe</b> Managing Director", "<b>CEO:</b> Jane Doe". */
function readLead(text: string, lead: string): NamedInLine | null {
  const rest = text.startsWith(lead) ? text.slice(lead.length).replace(/^[\s,:;|–—(-]+/u, "") : "";
  const name = readPersonName(lead);
  const title = firstClause(rest);
  if (name && title !== null) return { name, title, sure: true };
  if (rest === "" || !isTitle(lead.replace(/:$/, "")) || OUTSIDER.test(lead)) return null;
  const after = readPersonName(rest);
  return after && { name: after, title: lead.replace(/\s*:$/, ""), sure: true };
}

/** A line that ends in other type: "Jane Doe <small>Managing Director</small>". */
function readTail(text: string, tail: string): NamedInLine | null {
  const name = readPersonName(text.slice(0, -tail.length).replace(/[\s,:;|–—(-]+$/u, ""));
  const title = tail.replace(/^[\s,:;|–—(-]+|[\s)]+$/gu, "");
  return name && isTitleShaped(title) && !isPostNominals(title)
    ? { name, title, sure: isTitle(title) }
    : null;
}

/** A paragraph that opens with a name and a role: "Jane Doe, Founder. Jane has …". */
function readOpening(text: string): NamedInLine | null {
  const match = /^([^,.;:–—]{4,60})(?:,\s|\s[–—-]\s)(.{3,100})/u.exec(text);
  const name = match?.[1] ? readPersonName(match[1]) : null;
  const title = name && match?.[2] && /[.;]\s/.test(text) ? firstClause(match[2]) : null;
  return name && title !== null ? { name, title, sure: true } : null;
}

/** The title that a text begins with, up to the end of the clause; null if it is none. */
function firstClause(text: string): string | null {
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
  return match?.[1] ? readWholeLine(match[1]) : null;
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

/** People after a label: "Managing directors: A, B and C". Empty if the line is nothing of the kind. */
export function readLabelledPeople(label: string, value: string): NamedInLine[] {
  const role = label.replace(/\s*[:：]\s*$/, "").trim();
  const isContact = CONTACT_LABEL.test(role);
  if (OUTSIDER.test(role) || (!isContact && !isTitle(role)) || value.length > 300) return [];
  const whole = readPersonLine(value, null);
  if (whole?.sure) return [{ ...whole, title: whole.title ?? (isContact ? null : role) }];
  const parts = value
    .split(NEXT_FIELD, 1)
    .join("")
    .split(/\s*(?:,|;|\/|\s(?:und|and|et|y|e|en|och|og|i)\s|&|、|・(?=\p{Script=Han}{3}))\s*/u);
  const people: NamedInLine[] = [];
  for (const part of parts.slice(0, 12)) {
    if (isPostNominals(part)) continue;
    const named = readPersonLine(part, null);
    if (!named) {
      // "Anna Weber, Hamburg": a name may be followed by something that is not one.
      if (people.length > 0) break;
      return [];
    }
    people.push({ name: named.name, title: named.title ?? (isContact ? null : role), sure: true });
  }
  return people;
}

function readWholeLine(text: string): NamedInLine | null {
  const name = readPersonName(text);
  return name ? { name, title: null, sure: false } : null;
}

/** "Name – Title", "Name, Title", "Name (Title)", "Title: Name" and the like. */
function readSplitLine(text: string): NamedInLine | null {
  let shaped: NamedInLine | null = null;
  let found: NamedInLine | null = null;
  for (const match of [...text.matchAll(SEPARATOR)].slice(0, MAX_SPLITS)) {
    const left = text.slice(0, match.index).trim();
    const rest = text.slice(match.index + match[0].length);
    const right = (/[(（]$/.test(match[0]) ? (rest.split(/[)）]/)[0] ?? "") : rest).trim();
    const name = readPersonName(left);
    // The longest name wins: "Jane Doe, PhD, CEO".
    if (name && isTitle(right)) found = { name, title: right, sure: true };
    else if (
      name &&
      isTitleShaped(right) &&
      !isPostNominals(right) &&
      (/[–—|-]/u.test(match[0]) || right.length <= 40)
    ) {
      shaped ??= { name, title: right, sure: false };
    } else if (!name && !match[0].startsWith(",") && isTitle(left) && !OUTSIDER.test(left)) {
      const after = readPersonName(right);
      if (after) found ??= { name: after, title: left, sure: true };
    }
  }
  return found ?? shaped ?? readTitleThenName(text);
}

/** "Geschäftsführer Anna Weber", "代表取締役 山田太郎", "张伟 首席执行官": role and name with only a space between them. */
function readTitleThenName(text: string): NamedInLine | null {
  if (text.length > 80) return null;
  const words = text.split(/\s+/);
  const isCjk = /[\p{Script=Han}\p{Script=Hangul}]/u.test(text);
  for (let count = 1; count <= Math.min(5, words.length - 1); count += 1) {
    const [left, right] = [words.slice(0, count).join(" "), words.slice(count).join(" ")];
    if ((isCjk || count === 1) && isTitle(left) && !OUTSIDER.test(left)) {
      const name = readPersonName(right);
      if (name) return { name, title: left, sure: true };
    }
    const name = isCjk && isTitle(right) ? readPersonName(left) : null;
    if (name) return { name, title: right, sure: true };
  }
  return null;
}
