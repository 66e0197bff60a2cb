import { type Element, isTag } from "domhandler";
import { emailsInLine } from "./emails.ts";
import type { Line } from "./lines.ts";
import { isOtherPartyEmail } from "./own-emails.ts";
import type { Page } from "./page.ts";
import { fold } from "./text.ts";

/** Headings and labels of what stands in contact and legal pages about somebody else. Folded. */
const OTHERS_LABEL =
  /\b(?:hosting|hoster|hebergement|hebergeur|aufsichtsbehorde\w*|kammer|berufshaftpflicht\w*|streit(?:schlichtung|beilegung)\w*|schlichtung\w*|datenschutzbeauftragte\w*|data protection officer|donnees personnelles|bildnachweise?|credits|stockists?|resellers|dealers|handler|revendeurs|where to buy|notdienst|bereitschaftsdienst)\b/u;
/** Authorities, chambers and emergency services, which sites name beside themselves. Folded. */
const AUTHORITY =
  /\b(?:cnil|ombuds\w*|landesarztekammer|arztekammer|zahnarztekammer|kassen(?:zahn)?arztliche|rechtsanwaltskammer|steuerberaterkammer|notarkammer|architektenkammer|handelskammer|aufsichtsbehorde|agencia espanola de proteccion de datos|garante (?:per la|privacy)|autoriteit persoonsgegevens|information commissioner|disciplinary counsel|arztlicher bereitschaftsdienst|giftnotruf|gas emergency|smell gas|police|polizei|fire brigade|samaritans|crisis line|suicide)\b/u;
/** A larger part of a page than this holds more than one party. */
const PART_LINES = 10;

/** The lines of a page that are about another party: an authority, the hosting company, an agency, a stockist. */
export function otherPartyLines(page: Page, host: string): ReadonlySet<Line> {
  const others = new Set<Line>();
  for (const part of partsOf(page.lines)) {
    const emails = part.flatMap(emailsInLine);
    const isElsewhere =
      emails.length > 0 && emails.every((email) => isOtherPartyEmail(email, host, new Set()));
    if (isElsewhere || part.some((line) => isOthersLabel(line))) for (const line of part) others.add(line);
  }
  return others;
}

function isOthersLabel(line: Line): boolean {
  if (line.text.length > 300) return false;
  const heading = fold(line.headings.at(-1) ?? "");
  const text = fold(line.text);
  return (
    (heading.length <= 60 && OTHERS_LABEL.test(heading)) ||
    (text.length <= 60 && OTHERS_LABEL.test(text)) ||
    AUTHORITY.test(text)
  );
}

/** Single lines with an address, the lines of one block, and those of small groups of blocks. */
function partsOf(lines: readonly Line[]): Line[][] {
  const blocks = new Map<unknown, Line[]>();
  const groups = new Map<Element, Line[]>();
  for (const line of lines) {
    if (line.text === "" && line.links.length === 0) continue;
    add(blocks, line.element, line);
    const parent = line.element.parent;
    if (parent && isTag(parent) && !/^(?:body|main|html|footer|tbody|table)$/.test(parent.name))
      add(groups, parent, line);
  }
  return [
    ...lines.filter((line) => hasEmail([line])).map((line) => [line]),
    ...blocks.values(),
    ...[...groups.values()].filter((group) => group.length <= PART_LINES && hasEmail(group)),
  ];
}

function hasEmail(group: readonly Line[]): boolean {
  return group.some((line) => emailsInLine(line).length > 0);
}

function add<K>(map: Map<K, Line[]>, key: K, line: Line): void {
  const known = map.get(key);
  if (known) known.push(line);
  else map.set(key, [line]);
}
