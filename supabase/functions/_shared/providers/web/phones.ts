import type { Line } from "./lines.ts";

/** Digits with the usual separators; the first group may be a country code or an area code in brackets. */
const NUMBER =
  /(?<![\d\p{L}])(?:\+|00)?\(?\d[\d\s()./\u00A0\u2009\u202F\u2010-\u2015-]{5,26}\d(?![\d\p{L}])/gu;
const FAX = /\b(?:tele)?fax\b|\bfaks\b|ファックス|FAX|传真|傳真|팩스|факс/iu;
/** "F 614.555.0161", "(509) 555-0143 fax": a letter before, or the word after the number. */
const FAX_LETTER = /(?:^|[|·•,;/\s])F[.:]?\s{0,2}$/u;
const FAX_AFTER = /^\s{0,3}[,(]?\s?(?:tele)?fax\b(?!\W{0,5}\d)/iu;
const LABEL =
  /(?:^|[^\p{L}])(?:tele?(?:phone|fon|fono|foon|fone|fonu|fonas)?|tél(?:éphone)?|teléfono|telefón|puh(?:elin)?|tlf|tfn|tfno|τηλ|mobiili|phone|ph|call(?: us)?|mob(?:ile|il)?|handy|cell|fon|ruf(?:nummer)?|hotline|zentrale|switchboard|freephone|toll[- ]free|office|t|p|m|whatsapp|gsm|portable|móvil|celular|cellulare|telemóvel|direct|durchwahl)(?:nummer|\s(?:number|no|nr))?\s{0,3}[.:)]{0,2}\s{0,3}$|(?:☎|☏|📞|📱|✆|手机|手機|携帯|휴대폰|電話|电话|電話番号|TEL|전화|тел\.?|телефон)[番号\s.:：]{0,6}$/iu;

const INVITATION =
  /\b(?:call|ring|phone|dial|telephone|reach us|anrufen|appelez|llame|llámenos|chiama|bel)\b[^.\d]{0,40}$/iu;
const TEL_AND_FAX = /\b(?:tel|phone|telefon)\p{L}*\.?\s?(?:\/|&|\+|and|und|et|y)\s?(?:tele)?fax/iu;
/** Labels of numbers that nobody calls. */
const OTHER_NUMBER =
  /\b(?:vat|ust|uid|mwst|tva|iva|btw|kvk|hr[ab]|register|registration|reg|company|number|no|nr|id|iban|bic|swift|account|konto|siret|siren|rcs|ape|cif|nif|nip|regon|krs|ein|abn|acn|cvr|org|oib|order|ref|invoice|license|licence|postal|zip|plz|date|since|founded|price|isbn)\b/iu;
/** Numbers of templates: 123-456-7890, 0123456789, all the same digit. */
const PLACEHOLDER = /^(?:1?(\d)\1+|1?1234567890|0?123456789?|12345678?)$/;

/** A phone number as stated, tidied: one kind of space, no label. */
export function tidyPhone(text: string): string {
  return text
    .replace(/^(?:tel|callto):/i, "")
    .replace(/[;,].*$/, "")
    .replace(/[\s\u00A0\u2009\u202F]+/gu, " ")
    .replace(/[\u2010-\u2015]/gu, "-")
    .trim();
}

/** The number of a `tel:` link; null if it holds none. */
export function phoneInLink(href: string): string | null {
  const match = /^\s*(?:tel|callto):([^?]{1,60})/i.exec(href);
  if (!match?.[1]) return null;
  const phone = tidyPhone(
    match[1]
      .replace(/^\/+/, "")
      .replace(/%([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  return isPhone(phone) ? phone : null;
}

/**
 * The numbers stated in a line: `tel:` links, else labelled numbers ("Tel. …") and those written with a country code
 * or as (555) 123-4567. Fax numbers are left out.
 */
export function phonesInLine(line: Pick<Line, "text" | "links">, label = ""): string[] {
  const linked = line.links.map(phoneInLink).filter((phone) => phone !== null);
  const phones: string[] = [];
  const faxes: string[] = [];
  let end = 0;
  // Full-width digits and signs, as in Japanese and Chinese, become plain ones.
  const content = line.text.slice(0, 500).normalize("NFKC");
  for (const match of content.matchAll(NUMBER)) {
    const before = `${end === 0 ? `${label} ` : ""}${content.slice(end, match.index)}`;
    end = match.index + match[0].length;
    const text = tidyPhone(match[0]);
    if (!isPhone(text)) continue;
    const isFax = (FAX.test(before) && !TEL_AND_FAX.test(before)) || FAX_LETTER.test(before);
    if (isFax || FAX_AFTER.test(content.slice(end, end + 20))) faxes.push(text);
    else if (
      LABEL.test(before) ||
      INVITATION.test(before) ||
      looksDialable(text) ||
      isAlone(text, match[0], content)
    )
      phones.push(text);
    else if (isNamed(before) && /^[+0(]/.test(text) && digitsOf(text).length >= 8) phones.push(text);
  }
  const dialed = linked.filter((phone) => !faxes.some((fax) => samePhone(fax, phone)));
  return [...dialed, ...phones.filter((phone) => !dialed.some((other) => samePhone(other, phone)))];
}

/** Whether two numbers are the same one, written with and without country code or trunk zero. */
export function samePhone(a: string, b: string): boolean {
  const [x, y] = [significant(a), significant(b)];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short === long || (short.length >= 7 && long.endsWith(short));
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  return digits.length >= 6 && digits.length <= 15 && !PLACEHOLDER.test(digits) && !/^0{2}\s?0/.test(digits);
}

/** A line that is nothing but a national number, as beside an icon. */
function isAlone(phone: string, match: string, line: string): boolean {
  return line.trim() === match.trim() && /^\(?0\d/.test(phone) && digitsOf(phone).length >= 9;
}

/** "Customer service: ", "Reception: ": any short label with a colon, unless it announces another kind of number. */
function isNamed(before: string): boolean {
  const label = /([\p{L}][\p{L}\s/&-]{1,30})[:：]\s{0,3}$/u.exec(before)?.[1];
  return label !== undefined && !OTHER_NUMBER.test(label);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

function looksDialable(text: string): boolean {
  return (
    /^\+\d/.test(text) ||
    /^\(\d{2,5}\)[\s-]?\d{3,4}[\s-]\d{3,4}$/.test(text) ||
    /^\d{3}[-.]\d{3}[-.]\d{4}$/.test(text) ||
    // An area code with its zero, set apart: "0186 - 55 50 15", "030/5550142".
    (/^0\d{1,4}\s?[-/–]\s?\d[\d ]+$/.test(text) && digitsOf(text).length >= 9) ||
    // France: ten digits in pairs.
    /^0[1-9](?:[ .]\d{2}){4}$/.test(text)
  );
}

function significant(phone: string): string {
  return phone.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
}
