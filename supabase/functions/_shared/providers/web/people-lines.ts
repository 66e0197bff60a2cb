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
const CONTACT_LABEL =
  /^(?:(?:your |our |ihre? |unser[e]? |votre |su |tu |uw )?(?:contact(?: person)?|contact us|contact name|ansprechpartner(?:in)?|ansprechperson|kontaktperson|kontakt|interlocut(?:eur|rice)|persona de contacto|referente|contactpersoon|vertreten durch(?: den| die)?|vertretungsberechtigt\p{L}*|represented by|representee? par)|contact|担当者?)$/iu;
/** Roles that outsiders hold, and labels of credits. */
const OUTSIDER =
  /datenschutz|data protection|\bdpo\b|privacy|webmaster|photo|foto|bild|design(?:ed)? by|webdesign|umsetzung|hosting|programmierung|redaktion|text(?:e)?:|inhaltlich|verantwortlich|aufsichts(?:behorde|behörde)|registergericht/iu;

/** Whether a text is only a label that announces a person: "Ansprechpartner", "Your contact", "Vertreten durch". */
export function isContactLabel(text: string): boolean {
  return text.length <= 60 && CONTACT_LABEL.test(text.replace(/\s*[:：]\s*$/, "").trim());
}

/** Reads a whole line, or its bold or linked start, as one person with or without a title. */
export function readPersonLine(text: string, lead: string | null): NamedInLine | null {
  if (text.length > 160) return null;
  if (lead !== null) {
    const rest = text.startsWith(lead)
      ? text
          .slice(lead.length)
          .replace(/^[\s,:;|–—(-]+/u, "")
          .replace(/\)$/, "")
      : "";
    const name = readPersonName(lead);
    if (name && isTitle(rest)) return { name, title: rest, sure: true };
    if (rest !== "" && isTitle(lead.replace(/:$/, "")) && !OUTSIDER.test(lead)) {
      const after = readPersonName(rest);
      if (after) return { name: after, title: lead.replace(/\s*:$/, ""), sure: true };
    }
  }
  return readSplitLine(text) ?? readWholeLine(text);
}

/** People after a label: "Managing directors: A, B and C". Empty if the line is nothing of the kind. */
export function readLabelledPeople(label: string, value: string): NamedInLine[] {
  const role = label.replace(/\s*[:：]\s*$/, "").trim();
  const isContact = CONTACT_LABEL.test(role);
  if (OUTSIDER.test(role) || (!isContact && !isTitle(role)) || value.length > 300) return [];
  const whole = readPersonLine(value, null);
  if (whole?.sure) return [{ ...whole, title: whole.title ?? (isContact ? null : role) }];
  const parts = value.split(
    /\s*(?:,|;|\/|\s(?:und|and|et|y|e|en|och|og|i)\s|&|、|・(?=\p{Script=Han}{3}))\s*/u,
  );
  const people: NamedInLine[] = [];
  for (const part of parts) {
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
  for (const match of text.matchAll(SEPARATOR)) {
    const left = text.slice(0, match.index).trim();
    const right = text
      .slice(match.index + match[0].length)
      .replace(/[)）]\s*$/, "")
      .trim();
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
