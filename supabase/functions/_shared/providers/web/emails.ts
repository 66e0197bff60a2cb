import { LIMITS } from "../../contracts/research.ts";
import type { Line } from "./lines.ts";

const ADDRESS =
  /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}{2,24}/gu;
/** "jane [at] acme [dot] com" in its usual spellings. Brackets are required, or "at" between a name and a dot word. */
const AT =
  /\s{0,3}(?:\[\s{0,3}|\(\s{0,3}|\{\s{0,3}|<\s{0,3})(?:at|ät|et|arroba|arobase|chiocciola|apenstaartje|chez|@|klammeraffe|a)(?:\s{0,3}\]|\s{0,3}\)|\s{0,3}\}|\s{0,3}>)\s{0,3}/giu;
const DOT =
  /\s{0,3}(?:\[\s{0,3}|\(\s{0,3}|\{\s{0,3}|<\s{0,3})(?:dot|punkt|point|punto|ponto|\.)(?:\s{0,3}\]|\s{0,3}\)|\s{0,3}\}|\s{0,3}>)\s{0,3}/giu;
const SPOKEN =
  /([\p{L}\p{N}._-]{1,64})\s(?:at|AT)\s([\p{L}\p{N}-]{1,63}(?:\s(?:dot|DOT)\s[\p{L}\p{N}-]{1,63}){1,4})(?![\p{L}\p{N}])/gu;
const FULLWIDTH_AT = /[＠﹫]/gu;

const PLACEHOLDER_DOMAINS =
  /(?:^|\.)(?:example\.(?:com|org|net|de)|domain\.(?:com|tld|de)|email\.(?:com|tld)|yourcompany\.\w+|your-?domain\.\w+|company\.com|mustermann\.\w+|muster\w*\.de|test\.(?:com|de)|sentry\.io|sentry\.\w+\.\w+|wixpress\.com|sentry-next\.wixpress\.com|mysite\.com|website\.com|beispiel\.\w+|ejemplo\.\w+|exemple\.\w+)$/;
const PLACEHOLDER_LOCALS =
  /^(?:your|you|your[._-]?(?:name|email|mail)|name|user(?:name)?|email|first(?:name)?[._-]?last(?:name)?|f\.lastname|firstname|vorname(?:[._-]?(?:nach)?name)?|nom|prenom[._-]?nom|nombre|max[._-]?mustermann|erika[._-]?mustermann|someone|somebody|example|test|foo|xxx+|no-?reply|do-?not-?reply|[0-9a-f]{24,})$/;
const FILE_SUFFIX = /\.(?:png|jpe?g|gif|webp|svg|avif|css|js|ico|pdf|woff2?)$/;

/** Decodes the `data-cfemail` value of Cloudflare's e-mail obfuscation; null if it does not hold an address. */
export function decodeCfEmail(hex: string): string | null {
  if (!/^(?:[0-9a-f]{2}){4,300}$/i.test(hex)) return null;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = bytes[0] ?? 0;
  const text = new TextDecoder().decode(bytes.subarray(1).map((byte) => byte ^ key));
  return text.includes("@") ? text : null;
}

/** The addresses in visible text, plain or written out ("[at]", "(dot)"), in lower case, each once. */
export function emailsInText(text: string): string[] {
  if (text.length > 20_000) return [];
  const plain = text
    .replace(FULLWIDTH_AT, "@")
    .replace(AT, "@")
    .replace(DOT, ".")
    .replace(SPOKEN, (_all, local: string, host: string) => `${local}@${host.replace(/\sdot\s/gi, ".")}`);
  return unique((plain.match(ADDRESS) ?? []).map(normalizeEmail));
}

/** All addresses in a line: those its links lead to, then those in its text. */
export function emailsInLine(line: Pick<Line, "text" | "links">): readonly string[] {
  const known = inLines.get(line);
  if (known) return known;
  const emails = [...new Set([...line.links.flatMap(emailsInLink), ...emailsInText(line.text)])];
  inLines.set(line, emails);
  return emails;
}

/** Asked for by several extractors; goes with the document. */
const inLines = new WeakMap<Pick<Line, "text" | "links">, readonly string[]>();

/** The addresses of a `mailto:` link or of Cloudflare's replacement for one, in lower case. */
export function emailsInLink(href: string): string[] {
  const hidden = /\/cdn-cgi\/l\/email-protection#([0-9a-f]+)$/i.exec(href)?.[1];
  if (hidden !== undefined) return emailsInText(decodeCfEmail(hidden) ?? "");
  const match = /^\s*mailto:([^?]{1,600})/i.exec(href);
  if (!match?.[1]) return [];
  return unique(emailsInText(decode(match[1])));
}

/** Addresses of a host that are written backwards (and turned around by a style sheet). */
export function reversedEmails(text: string, host: string): string[] {
  const tail = `${[...host.replace(/^www\./, "")].reverse().join("")}@`;
  const at = text.toLowerCase().indexOf(tail);
  if (at === -1) return [];
  const local = /^[\w.%+-]{1,64}/.exec(text.slice(at + tail.length))?.[0] ?? "";
  return emailsInText(`${[...local].reverse().join("")}@${host.replace(/^www\./, "")}`);
}

/** True for addresses that nobody reads: examples in forms, error trackers' keys, image file names. */
export function isPlaceholderEmail(email: string): boolean {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  return (
    email.length > LIMITS.email ||
    PLACEHOLDER_DOMAINS.test(domain) ||
    PLACEHOLDER_LOCALS.test(local) ||
    FILE_SUFFIX.test(domain)
  );
}

function normalizeEmail(email: string): string {
  return email
    .normalize("NFC")
    .toLowerCase()
    .replace(/^['.]+/, "");
}

function unique(emails: readonly string[]): string[] {
  return [...new Set(emails)].filter((email) => !isPlaceholderEmail(email));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray percent sign: the address is there as it stands.
  }
}
