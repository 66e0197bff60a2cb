import { type Element, isTag } from "domhandler";
import type { Line } from "./lines.ts";
import type { Stated } from "./organization.ts";
import type { Page } from "./page.ts";
import { ancestors } from "./people-context.ts";
import { phonesInLine } from "./phones.ts";
import { childNodes, firstText, type SchemaNode } from "./schema-org.ts";
import { clean, fold } from "./text.ts";

/** Lines that hold a postal code beside a place, in the forms of many countries. */
const POSTAL: readonly RegExp[] = [
  /\b\p{Lu}[\p{L}. ]{1,40},?\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]|Ala(?:bama|ska)|Ar(?:izona|kansas)|California|Col(?:orado)?|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New \p{Lu}\p{L}+|North \p{Lu}\p{L}+|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South \p{Lu}\p{L}+|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|West Virginia)\.?,?\s\d{5}(?:-\d{4})?\b/u,
  /\b(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b/, // UK
  /\b[A-Z]\d[\dW]\s[A-Z\d]{4}\b/, // Ireland
  /\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b/, // Canada
  /\b\d{4}\s?[A-Z]{2}\s+\p{Lu}\p{L}/u, // Netherlands
  /(?:^|[\s,|·•])(?:[A-Z]{1,3}[-–]\s?)?\d{5},?\s+\p{Lu}[\p{L}'’-]/u, // Germany, France, Spain, Italy, Finland …
  /(?:^|[\s,|·•])(?:[A-Z]{1,3}[-–]\s?)?[1-9]\d{3},?\s+(?:St\.?\s)?\p{Lu}[\p{L}'’-]{2,}/u, // Austria, Switzerland, Belgium, Denmark, Norway
  /(?:^|[\s,|·•])(?:SE-|CZ-|SK-|GR-)?\d{3}\s\d{2}\s+\p{Lu}\p{L}/u, // Sweden, Czechia, Slovakia, Greece
  /\b\d{2}-\d{3}\s+\p{Lu}\p{L}/u, // Poland
  /\b\d{4}-\d{3}\s+\p{Lu}\p{L}/u, // Portugal
  /\b\d{5}-\d{3}\b/, // Brazil
  /〒\s?\d{3}[-－]\d{4}|\p{Script=Han}{1,4}[都道府県]\p{Script=Han}{1,6}[市区町村郡].*[\d０-９]/u, // Japan
  /\p{Script=Han}{2,8}(?:省|市|区|县).{0,40}(?:路|街|道|大道|巷|弄).{0,12}[\d]+\s?号|\p{Script=Han}{2,4}[市縣].{1,30}[路街].{0,12}\d+號/u, // China, Taiwan
  /(?:시|도)\s\p{Script=Hangul}+(?:시|구|군)\s.{0,40}(?:로|길|동)\s?\d+/u, // Korea
  /\b(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\s\d{4}\b/, // Australia
  /(?:شارع|طريق|حي|شارِع).{2,60}\d{3,6}|\d{1,4}.{2,40},\s(?!Suite|Ste|Unit|Room|Floor|Level|Apt)\p{Lu}[\p{L} ]{2,30}\s\d{4,6}(?:,|$)/u, // Arabic; "Street 1, Town 1234"
  /\bSingapore\s\d{6}\b|\b\p{Lu}\p{L}+\s?[-–,]?\s?\d{3}\s?\d{3}\b(?=,?\s*(?:India|Maharashtra|Karnataka|Delhi|Tamil Nadu|Kerala|Gujarat|Telangana|$))/u,
];
const FOUR_DIGITS = POSTAL[6];
const LABEL =
  /^(?:(?:postal |street |mailing |our |office |visiting |post)?address|anschrift|postanschrift|adresse(?: postale)?|adress|postadress|besoksadress|direccion|domicilio|indirizzo|sede(?: legale)?|endereco|morada|adres|bezoekadres|osoite|kayntiosoite|adresa|cim|headquarters|head office|hq|hauptsitz|siege(?: social)?|firmensitz|sitz|standort|visit us|where to find us|find us|office|location|studio|workshop)$|^(?:住所|所在地|本社所在地|本社|地址|公司地址|주소|адрес)$/u;
const HEADQUARTERS =
  /\b(?:headquarters?|head office|hq|main office|hauptsitz|zentrale|hauptniederlassung|firmensitz|siege(?: social)?|sede central|sede principale|sede legale|hoofdkantoor|hovedkontor|huvudkontor|paakonttori|centrala)\b|本社|总部|總部|본사/u;
const COUNTRY =
  /^(?:(?:the )?(?:united (?:states(?: of america)?|kingdom)|netherlands)|usa?|u\.s\.a?\.?|uk|u\.k\.|england|scotland|wales|northern ireland|ireland|éire|germany|deutschland|austria|österreich|switzerland|schweiz|suisse|svizzera|liechtenstein|france|spain|españa|italy|italia|portugal|netherlands|nederland|belgium|belgi(?:ë|que|en)|luxembourg|luxemburg|denmark|danmark|sweden|sverige|norway|norge|finland|suomi|iceland|poland|polska|czech republic|czechia|česko|slovakia|slovensko|hungary|magyarország|romania|românia|bulgaria|greece|croatia|hrvatska|slovenia|slovenija|serbia|estonia|eesti|latvia|lithuania|turkey|türkiye|canada|mexico|méxico|brazil|brasil|argentina|chile|colombia|peru|perú|uruguay|japan|日本|china|中国|taiwan|台灣|korea|south korea|대한민국|india|singapore|malaysia|thailand|vietnam|indonesia|philippines|hong kong|australia|new zealand|south africa|israel|united arab emirates|uae|ukraine|cyprus|malta|kenya|nigeria|egypt|morocco)\.?$/iu;
const NOT_ADDRESS =
  /@|https?:|www\.|\b(?:tel|phone|fon|fax|mobil|e-?mail|copyright|vat|ust|mwst|kvk|btw|siret|hrb|company (?:no|number)|registered in|registration|iban|bic|opening|mon|mo–|mo-)\b|©|\u2122/iu;
/** Longer than any house number: a register's, a tax office's. */
const ID_NUMBER = /\d(?:[ .-]?\d){5}/;
const MAX_LENGTH = 160;

/** An address in one line, of a node's PostalAddress or text. Undefined if there is none. */
export function statedAddress(stated: readonly Stated[]): { value: string; source: string } | undefined {
  for (const { node, page } of stated) {
    const places = [
      ...childNodes(node, "address"),
      ...childNodes(node, "location").flatMap((place) => childNodes(place, "address")),
    ];
    const main =
      places.find((place) => HEADQUARTERS.test(fold(firstText(place, "name", "description") ?? ""))) ??
      places[0];
    const value = main ? postalAddress(main) : firstText(node, "address");
    if (value !== undefined && value !== "") return { value: clean(value, MAX_LENGTH * 2), source: page.url };
  }
  return undefined;
}

function postalAddress(place: SchemaNode): string {
  const part = (name: string) => firstText(place, name);
  const postal = [part("postalCode"), part("addressLocality")].filter((text) => text !== undefined).join(" ");
  const parts = [part("streetAddress"), postal, part("addressRegion"), part("addressCountry")];
  return parts.filter((text) => text !== undefined && text !== "").join(", ");
}

/** The address in visible text: the one marked as headquarters, else the first by page: contact, home, imprint, others. */
export function visibleAddress(
  pages: readonly Page[],
  companyName: string | undefined,
): { value: string; source: string } | undefined {
  const rank = ["contact", "home", "imprint", "about", "team", "portfolio"];
  const ordered = pages.toSorted((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  const found = ordered.flatMap((page) => addressesIn(page, companyName));
  const best = found.find((address) => address.isMain) ?? found[0];
  return best && { value: best.value, source: best.source };
}

function addressesIn(
  page: Page,
  companyName: string | undefined,
): { value: string; source: string; isMain: boolean }[] {
  const { lines } = page;
  return lines.flatMap((line, at) => {
    if (!isPostalLine(line, at, lines)) return [];
    const value = assemble(at, lines, companyName);
    if (value === "" || value.length > MAX_LENGTH) return [];
    const before = lines.slice(Math.max(0, at - 4), at + 1).filter((other) => other.text.length < 80);
    const near = [...line.headings.slice(-1), ...before.map((other) => other.text)];
    return [{ value, source: page.url, isMain: near.some((text) => HEADQUARTERS.test(fold(text))) }];
  });
}

function isPostalLine(line: Line, at: number, lines: readonly Line[]): boolean {
  const text = line.text;
  if (text.length > MAX_LENGTH || text.length < 6) return false;
  const body = withoutLabel(text);
  const kind = POSTAL.find((pattern) => pattern.test(body));
  if (!kind || (NOT_ADDRESS.test(body) && !/[|·•]/.test(body))) return false;
  if (kind !== FOUR_DIGITS) return true;
  // Four digits before a capital are mostly years: a street has to stand before them.
  const street = body.slice(0, body.search(kind));
  return /\d/.test(street) || (street.trim() === "" && isStreet(lines[at - 1], lines[at]));
}

function assemble(at: number, lines: readonly Line[], companyName: string | undefined): string {
  const line = lines[at];
  if (!line) return "";
  const text = withoutName(withoutLabel(cutParts(line.text, companyName)), companyName);
  const parts = [text];
  if (text === withoutLabel(line.text) && !/\d.*[,|].*\d/.test(text)) {
    const block = sameBlock(at, lines, companyName);
    if (block.length > 1) return withCountry(block, lines[at + 1]);
  }
  const alone =
    POSTAL.some((pattern) => pattern.test(text) && text.search(pattern) <= 1) || !/\d.*[,|·•].*\d/.test(text);
  for (let index = at - 1; alone && index >= Math.max(0, at - 3); index -= 1) {
    const previous = lines[index];
    if (!previous || !isStreet(previous, line) || isCompany(previous.text, companyName)) break;
    parts.unshift(withoutLabel(previous.text));
    if (LABEL.test(fold(previous.text.split(":")[0] ?? "")) && previous.text.includes(":")) break;
  }
  return withCountry(parts, lines[at + 1]);
}

function withCountry(parts: readonly string[], next: Line | undefined): string {
  const all = next && COUNTRY.test(next.text) ? [...parts, next.text] : parts;
  return all.map((part) => part.replace(/[,;]+$/, "")).join(", ");
}

/** The lines of one paragraph down to the postal one, without the company's name: "Chambers / Horton Street / Halifax / HX1". */
function sameBlock(at: number, lines: readonly Line[], companyName: string | undefined): string[] {
  const block: string[] = [];
  for (let index = at; index >= Math.max(0, at - 5); index -= 1) {
    const line = lines[index];
    if (!line || !isSameBlock(line, lines[at]) || line.text.length > 80) break;
    if (NOT_ADDRESS.test(line.text) || LABEL.test(fold(line.text)) || isCompany(line.text, companyName))
      break;
    block.unshift(withoutLabel(line.text));
  }
  return block;
}

/** Lines of one paragraph; or items of one list, when the last of them is nothing but a postal code. */
function isSameBlock(line: Line, postal: Line | undefined): boolean {
  if (!postal || line.element === postal.element) return postal !== undefined;
  const [a, b] = [line.element, postal.element];
  const isBare = !/\p{L}{3}/u.test(postal.text);
  return isBare && isTag(a) && isTag(b) && a.parent === b.parent && a.name === b.name;
}

/** "Acme, Stable Yard, Hawes" without the company's name in front. */
function withoutName(text: string, companyName: string | undefined): string {
  const [head = "", ...rest] = text.split(/[,،]\s*/u);
  return rest.length > 0 && !/\d/.test(head) && isCompany(head, companyName)
    ? text.slice(head.length).replace(/^[,،]\s*/u, "")
    : text;
}

/** In "Acme GmbH | Street 1 | 12345 City | Tel. …" only the parts that belong to the address. */
function cutParts(text: string, companyName: string | undefined): string {
  const parts = text.split(/\s*[|·•]\s*|\s[–—]\s/u).filter((part) => part !== "");
  if (parts.length < 2) return text;
  return parts
    .filter(
      (part) =>
        !/^[+(\d][\d\s().+/-]{6,}$/.test(part) &&
        (!ID_NUMBER.test(part) || POSTAL.some((pattern) => pattern.test(part))) &&
        !NOT_ADDRESS.test(part) &&
        !isCompany(part, companyName) &&
        (/\d/.test(part) || COUNTRY.test(part)),
    )
    .join(", ");
}

/** Whether a line above the postal one belongs to the address: near it, short, with a house number or building. */
function isStreet(line: Line | undefined, postal: Line | undefined): boolean {
  if (
    !line ||
    !postal ||
    line.text === "" ||
    line.text.length > 80 ||
    line.level > 0 ||
    NOT_ADDRESS.test(line.text) ||
    ID_NUMBER.test(line.text)
  )
    return false;
  if (LABEL.test(fold(line.text)) || !isNear(line, postal) || phonesInLine(line).length > 0) return false;
  return (
    /\d/.test(line.text) ||
    /\b(?:street|road|lane|avenue|house|building|floor|suite|unit|p\.?o\.? box|postfach|strasse|straße|platz|weg|allee|rue|place|calle|plaza|via|piazza|straat|laan|gata|vei|katu|ulica|park|square|court|quay|wharf|mill|yard|c\/o)\b/iu.test(
      line.text,
    )
  );
}

/** Same block, or blocks with the same parent, as in lists of lines. */
function isNear(a: Line, b: Line): boolean {
  const [x, y] = [a.element, b.element];
  return (
    x === y ||
    (isTag(x) && isTag(y) && x.parent === y.parent && !isSection(x.parent)) ||
    shareSmallBlock(a, b)
  );
}

function shareSmallBlock(a: Line, b: Line): boolean {
  const around = new Set<Element>(ancestors(b).slice(0, 3));
  return ancestors(a)
    .slice(0, 3)
    .some((element) => around.has(element) && element.name === "address");
}

function isSection(node: unknown): boolean {
  return (
    typeof node === "object" &&
    node !== null &&
    "name" in node &&
    /^(?:body|main|table|tbody|html)$/.test(String(node.name))
  );
}

function withoutLabel(text: string): string {
  const match = /^([^:：]{2,40})[:：]\s*(.+)$/u.exec(text);
  return match?.[1] && match[2] && LABEL.test(fold(match[1])) ? match[2] : text;
}

function isCompany(text: string, companyName: string | undefined): boolean {
  const line = fold(text);
  const name = fold(companyName ?? "");
  if (
    /\b(?:gmbh|ag|kg|ltd|limited|llc|llp|inc|corp|co|s ?a ?r ?l|srl|spa|bv|b v|nv|oy|ab|aps|as|plc|pty|sas|株式会社)$/u.test(
      line,
    ) &&
    !/\d/.test(line)
  )
    return true;
  return name !== "" && line.startsWith(name) && !/\d/.test(line);
}
