import { isTitle } from "./job-title.ts";
import { isPostNominals } from "./name-affixes.ts";
import { isOutsiderLabel } from "./outsiders.ts";
import { type NamedInLine, readPersonLine } from "./people-lines.ts";

/** Where a second label starts in the same line: "联系人：陈伟 手机：138…", "Anna Weber, Tel.: 089…". */
const NEXT_FIELD = /[\s,;|]+\p{L}[\p{L}.-]{1,20}\s?[:：]/u;
/** Who is to be turned to. */
const CONTACT =
  /^(?:(?:your |our |ihre? |unser[e]? |votre |su |tu |uw )?(?:contact(?: person)?|contact us|contact name|ansprechpartner(?:in)?|ansprechperson|kontaktperson|kontakt|interlocut(?:eur|rice)|persona de contacto|referente|contactpersoon)|contact|担当者?|お問い合わせ担当|联系人|聯絡人|담당자)$/iu;
/** Who signs for the company. */
const SIGNATORY =
  /^(?:vertreten durch(?: den| die)?|vertretungsberechtigt\p{L}*|represented by|représentée? par|rappresentat[ao] da|representad[ao] por|vertegenwoordigd door)$/iu;
const REPRESENTED =
  /(?:vertreten durch|represented by|représentée? par|rappresentat[ao] da|representad[ao] por|vertegenwoordigd door)\s+(?:(?:den|die|das|its|the|ihren?|son|sa|ses|el|la|il|lo|de|het)\s)?(.{4,200})$/iu;

/** Whether a text is only a label that announces a person: "Ansprechpartner", "Your contact", "Vertreten durch". */
export function isContactLabel(text: string): boolean {
  const label = text.replace(/\s*[:：]\s*$/, "").trim();
  return label.length <= 60 && (CONTACT.test(label) || SIGNATORY.test(label));
}

/** People after a label within a line: "Acme Ltd | CEO: Jane Doe | Tel …". */
export function readLabelledPart(text: string): NamedInLine[] {
  const parts = text.length > 600 ? [] : [text, ...text.split(/\s*[|｜·•]\s*/u)];
  for (const part of parts) {
    const match = /^([^:：|｜]{2,60})[:：]\s*(.{2,300})$/u.exec(part);
    const people = match?.[1] && match[2] ? readLabelledPeople(match[1], match[2]) : [];
    if (people.length > 0) return people;
  }
  return [];
}

/** "… vertreten durch die Geschäftsführer Anna Weber und Max Huber" */
export function readRepresentatives(text: string): NamedInLine[] {
  const match = text.length > 400 ? null : REPRESENTED.exec(text);
  const words = match?.[1]?.replace(/[.;]$/, "").split(/\s+/) ?? [];
  for (let count = 1; count <= Math.min(4, words.length - 2); count += 1) {
    const title = words.slice(0, count).join(" ");
    const people = readLabelledPeople(title, words.slice(count).join(" "));
    // "Managing | Director Jane Doe" is cut at the wrong place.
    if (people[0]?.title === title) return people;
  }
  return [];
}

/** People after a label: "Managing directors: A, B and C". Empty if the line is nothing of the kind. */
export function readLabelledPeople(label: string, value: string): NamedInLine[] {
  const role = label.replace(/\s*[:：]\s*$/, "").trim();
  const isContact = CONTACT.test(role);
  const title =
    isContact || SIGNATORY.test(role) ? null : role.replace(/^vertretungsberechtigte[rs]?\s(?=\p{L})/iu, "");
  if (isOutsiderLabel(role) || (title !== null && !isTitle(role)) || value.length > 300) return [];
  const mark = isContact ? { isContact } : {};
  const whole = readPersonLine(value, null);
  if (whole?.sure) return [{ ...whole, ...mark, title: whole.title ?? title }];
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
    people.push({ name: named.name, ...mark, title: named.title ?? title, sure: true });
  }
  return people;
}
