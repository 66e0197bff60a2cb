import { emailsInLine } from "./emails.ts";
import type { Line } from "./lines.ts";
import { isEmailOf } from "./own-emails.ts";
import type { Page } from "./page.ts";
import { findCandidates } from "./people-candidates.ts";
import { countCards, segmentOf } from "./people-cards.ts";
import type { Candidate } from "./people-groups.ts";
import { isTitleLabel } from "./people-lines.ts";
import { withSupport } from "./people-support.ts";
import type { NameParts } from "./person-name.ts";
import { phonesInLine } from "./phones.ts";
import { isProfileOf, personProfile } from "./social.ts";

/** A person a page shows, with what stands in the same card, row or paragraph. */
export interface Person {
  name: NameParts;
  title?: string;
  email?: string;
  phone?: string;
  linkedin?: string;
  /** Every link in the person's part of the page. */
  links?: readonly string[];
  /** Every number from the name to the end of the person's part of the page. */
  phones?: readonly string[];
  source: string;
}

const GENERIC_LOCAL =
  /^(?:info|infos|office|contact|contacto|contatti|contato|kontakt|hello|hallo|hi|hola|bonjour|ciao|mail|email|e-mail|post|posta|sales|vertrieb|verkauf|ventas|vendite|ventes|support|service|servis|serwis|help|helpdesk|team|admin|enquiries|inquiries|enquiry|reception|recepcion|accueil|empfang|press|presse|prensa|stampa|media|marketing|jobs|careers|karriere|hr|accounts|billing|invoices?|faktura|rechnung|orders?|booking|bookings|reservations?|welcome|studio|shop|store|privacy|datenschutz|dpo|legal|webmaster|general|company|firma|biuro|kontor|secretariat|sekretariat|sekretariatet|secretaria|segreteria|administratie|administration|administracion|amministrazione|verwaltung|buchhaltung|invest|investors?|ir|news|newsletter|events?|partners?|security|feedback|complaints|customerservice|kundenservice|kundendienst|werkstatt|praxis|kanzlei|despacho|etude|atelier)$/;
/** A mobile number is somebody's own, wherever it stands. */
const MOBILE = /^(?:mob(?:ile?|iel|il)?|handy|cell|gsm|móvil|cellulare|portable|手机|手機|携帯)/iu;
/** What page builders fill their cards with until somebody writes something. */
const FILLER =
  /lorem ipsum|dolor sit amet|i'm a paragraph|click here to (?:add|edit)|add your (?:own )?text|double[- ]click/i;
const PLACEHOLDER_NAME =
  /^(?:(?:john|jane) doe|jane smith|(?:max|erika) mustermann|first ?name last ?name|your name|full name|name surname|vorname nachname|prenom nom|nombre apellidos?|lorem ipsum|mario rossi)$/i;

/** The people in the text of a page: cards, lists, paragraphs, labelled lines. `skip` says which lines are taken. */
export function peopleInText(page: Page, skip: (line: Line) => boolean): Person[] {
  if (page.kind === "portfolio") return [];
  const lines = page.lines;
  const candidates = withSupport(findCandidates(page, skip), lines, page.kind === "team");
  const cards = countCards(candidates, lines);
  const profiles = new Set(
    lines.flatMap((line) => line.links.flatMap((href) => personProfile(href, page.base) ?? [])),
  );
  return candidates.flatMap((candidate, index) => {
    const next = candidates[index + 1]?.at ?? lines.length;
    const segment = segmentOf(candidate, next, lines, cards);
    if (isPlaceholder(candidate, segment)) return [];
    const person = toPerson(candidate, segment, page);
    const linkedin = person.linkedin ?? [...profiles].find((url) => isProfileOf(url, candidate.name));
    return [{ ...person, ...(linkedin ? { linkedin } : {}) }];
  });
}

function isPlaceholder(candidate: Candidate, segment: readonly Line[]): boolean {
  return (
    PLACEHOLDER_NAME.test(candidate.name.core) ||
    (candidate.title !== null && isTitleLabel(candidate.title)) ||
    segment.some((line) => FILLER.test(line.text))
  );
}

function toPerson(candidate: Candidate, segment: readonly Line[], page: Page): Person {
  // What follows the name is the person's; what stands above it in the same box may be the office's.
  const name = page.lines[candidate.at];
  const at = name ? segment.indexOf(name) : -1;
  const own = at > 0 ? segment.slice(at) : segment;
  const ordered = [...own, ...segment.slice(0, Math.max(at, 0))];
  const emails = ordered
    .flatMap(emailsInLine)
    .filter((address) => !GENERIC_LOCAL.test(address.split("@")[0] ?? ""));
  const email = emails.find((address) => isEmailOf(address, candidate.name)) ?? emails[0];
  // Numbers below "Managing directors: …" are the company's.
  const isOwn = !candidate.labelled || candidate.isContact === true;
  const numbered = isOwn ? ordered : own.filter((line) => line === name || MOBILE.test(line.text));
  const phone = numbered.flatMap((line) => phonesInLine(line))[0];
  const linkedin = ordered
    .flatMap((line) => line.links.map((href) => personProfile(href, page.base)))
    .find((url) => url !== null);
  return {
    name: candidate.name,
    ...(candidate.title === null ? {} : { title: candidate.title }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(linkedin === undefined || linkedin === null ? {} : { linkedin }),
    links: segment.flatMap((line) => line.links),
    phones: isOwn ? own.flatMap((line) => phonesInLine(line)) : phone === undefined ? [] : [phone],
    source: page.url,
  };
}
