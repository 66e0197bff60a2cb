import type { Document } from "domhandler";
import { getElementsByTagName } from "domutils";
import { isRolePlural } from "./job-title.ts";
import { textOf } from "./lines.ts";
import { fold } from "./text.ts";

/** What a page is likely to hold, judged by the link that leads to it. */
export type PageKind = "home" | "team" | "about" | "contact" | "imprint" | "portfolio";

export interface SubpageLink {
  url: string;
  kind: PageKind;
}

/** Words of a link's text or path, folded (lower case, no accents). Several languages; the order is the priority. */
const KINDS: readonly { kind: PageKind; words: RegExp }[] = [
  {
    kind: "team",
    words:
      /\b(?:(?:our |the |meet |das |unser |notre |nuestro |il nostro |het |ons )?\p{L}{0,12}team|teams|teammitglieder|crew|trustees|governance|committee|faculty|our experts|bios|brokers|agents|principals|meet \p{L}+|meet the \p{L}+|makers|chefs|trainers|instructors|coaches|researchers|experts|physicians|professionals|hosts|volunteers|directory|partners|the partners|our partners|council|counsel|vets|surgeons|practitioners|tutors|teachers|guides|stylists|ihmiset|meeskond|doi ngu|tim kami|nas tim|ekipa|komanda|starfsfolk|equip|pobl|medarbetare|folk|plantilla|profesionales|personas|directorio|consejo|pessoas|diretoria|profissionais|corpo clinico|soci|socios|trombinoscope|organigramme|people|leadership|management(?: team)?|staff|founders|board(?: of directors)?|advisors|advisers|partners and staff|directors|attorneys|lawyers|solicitors|barristers|doctors|therapists|clinicians|anwalte|rechtsanwalte|arzte|mannschaft|belegschaft|beirat|avocats|associes|gouvernance|abogados|junta directiva|professionisti|avvocati|organigramma|bestuur|personal|styret|styrelse|ledelse|ledning\p{L}*|hallitus|johto|tiimi|henkilokunta|zarzad|ludzie|vedeni|lide|echipa|conducere|ekibimiz|kadromuz|yonetim|vezetoseg|dentists|consultants|who s who|ansprechpartner\w*|mitarbeiter\w*|geschaftsfuhrung|geschaftsleitung|vorstand|menschen|kopfe|equipe|direction|dirigeants|collaborateurs|equipo|nosotros equipo|direccion|squadra|persone|equipa|medewerkers|mensen|directie|personeel|medarbejdere|medarbetare|ansatte|henkilosto|yhteystiedot henkilosto|zespol|tym|nas tym|csapat\w*|ekip\w*)\b|スタッフ|役員|経営|社員|組織|代表挨拶|ごあいさつ|임원|경영진|구성원|사람들|인사말|ทีม|тим|екип|メンバー|チーム|团队|團隊|管理层|팀|команда|ομαδα|руководство|сотрудники|فريق|الفريق|الإدارة|צוות|הנהלה/u,
  },
  {
    kind: "portfolio",
    words:
      /\b(?:portfolio\w*|exits|track record|realised investments|realized investments|portefeuille|investments?|our investments|investissements|participations|beteiligungen|beteiligung|companies|our companies|portfolio companies|investees|inversiones|participadas|partecipazioni|investimentos|participacoes|deelnemingen|participaties|investeringer|sijoitukset)\b|投資先|投资组合|포트폴리오|портфель/u,
  },
  {
    kind: "about",
    words:
      /\b(?:about(?: us)?|aboutus|who we are|whoweare|our story|story|company|the company|our company|profile|company profile|history|studio|practice|firm|our firm|get to know us|know us|meet us|info|infos|information|informationen|informazioni|ve chung toi|gioi thieu|tentang kami|o nama|apie mus|par mums|um okkur|qui som|amdanom ni|hvem er vi|hvem vi er|vilka vi ar|tietoa meista|kes me oleme|meist|quien somos|quem e|l etude|family|the family|familie|famille|famiglia|das sind wir|wer wir sind|betrieb|werkstatt|weingut|hof|atelier|la bodega|bodega|organi[sz]ation|structure|lerne uns kennen|praxis|kanzlei|verlag|verein|philosophie|notre histoire|histoire|cabinet|le cabinet|agence|l agence|maison|domaine|historia|despacho|bufete|lo studio|storia|cantina|over|wie we zijn|wie zijn we|om|virksomheden|o spolecnosti|despre|uber uns|ueber uns|uberuns|unternehmen|firma|wir uber uns|wir|portrait|a propos|qui sommes nous|entreprise|societe|la societe|quienes somos|sobre nosotros|nosotros|empresa|conocenos|chi siamo|azienda|quem somos|sobre nos|sobre|over ons|wie zijn wij|het bedrijf|organisatie|om os|om oss|meista|yritys|o nas|o firme|o firmie|rolunk|hakkimizda|despre noi)\b|会社概要|会社情報|会社案内|企業概要|公司概况|公司介绍|企业简介|公司簡介|關於|走进|เกี่ยวกับ|про нас|за нас|о нама|企業情報|私たちについて|关于我们|關於我們|公司简介|회사소개|о нас|о компании|σχετικα|εταιρεια|ποιοι ειμαστε|компания|من نحن|عن الشركة|אודות/u,
  },
  {
    kind: "contact",
    words:
      /\b(?:contact(?: us)?|contacts|contactus|say hello|hello|inquir(?:e|y|ies)|enquir(?:e|y|ies)|talk to us|lets? ?s? talk|reach out|write to us|parlons\w*|ecrivez nous|coordonnees|escribenos|hablemos|donde estamos|scrivici|dove siamo|anfahrt|contact details|get in touch|reach us|find us|where we are|locations?|offices?|studios|locaties|vestigingen|filialen|filiales|agences|oficinas|sedes|sedi|visit us|kontakt\w*|so finden sie uns|standorte?|contactez nous|nous contacter|contacto|contactanos|contatti|contattaci|contato|contactos|contacten|yhteystiedot|ota yhteytta|lien he|hubungi kami|kontaktai|hafa samband|contacte|iletisim)\b|お問い合わせ|アクセス|联系我们|聯絡我們|문의|오시는 길|찾아오시는|контакты|επικοινωνια|ติดต่อ|контакт|اتصل|تواصل|צור קשר/u,
  },
  {
    kind: "imprint",
    words:
      /\b(?:impressum|imprint|legal notice|mentions legales|aviso legal|note legali|anbieterkennzeichnung)\b/u,
  },
];

/** Pages about something else, whatever other words their links hold. */
const OTHER =
  /\b(?:blog|news|press(?:e)?|journal|insights?|articles?|events?|careers?|jobs?|karriere|stellen\w*|vacatures?|privacy|datenschutz\w*|cookies?|terms|agb|login|log in|sign ?in|sign up|signup|register|cart|shop|support|help|faq|docs|documentation|customers?|case stud(?:y|ies)|testimonials?|reviews?|services?|products?|pricing|download|newsletter|search|sitemap|feed|rss)\b/u;

/** Folders whose pages are about products, customers or posts even when their names say "team" or "people". */
const OTHER_FOLDER =
  /^(?:products?|solutions?|services?|features?|platform|stories|customers?|customer stories|case studies|resources?|learn|guides?|templates?|use cases?|industries|academy|community|webinars?|partners?|blog|news|press|journal|insights?|articles?|events?|careers?|jobs?|shop|store|support|help|docs|tag|category|author)$/u;

const NOT_A_PAGE = /\.(?:pdf|jpe?g|png|gif|svg|webp|zip|docx?|xlsx?|pptx?|mp4|mp3|ics|vcf|xml|json|css|js)$/i;
/** Frames and image maps lead to pages of old sites as links do. */
const LINKING = new Set(["a", "area", "frame", "iframe"]);
const MAX_LINKS = 1_000;
/** Pages about a company have short addresses; robots.txt patterns are matched against all of one. */
const MAX_ADDRESS = 300;

/** Whether `url` belongs to the site of `host`: the same host or one below it, with or without "www.". */
export function isSameSite(url: URL, host: string): boolean {
  const base = host.replace(/^www\./, "");
  const other = url.hostname.replace(/^www\./, "");
  return other === base || other.endsWith(`.${base}`);
}

/**
 * The links of a page that look like about, team, people, portfolio, contact or imprint pages of the same site,
 * best first, each address once. At most `count`; every kind gets its best page before any gets a second.
 */
export function subpageLinks(
  document: Document,
  pageUrl: string,
  kinds: ReadonlySet<PageKind>,
): SubpageLink[] {
  const page = new URL(pageUrl);
  const base = baseUrl(document, page);
  const found = new Map<string, { link: SubpageLink; score: number }>();
  for (const anchor of getElementsByTagName((name) => LINKING.has(name), document, true, MAX_LINKS)) {
    const url = linkTarget(anchor.attribs.href ?? anchor.attribs.src ?? "", base, page);
    if (!url) continue;
    const label = fold(
      `${textOf(anchor, 100)} ${anchor.attribs.title ?? ""} ${anchor.attribs.alt ?? ""}`.slice(0, 200),
    );
    const rated = rate(url, label);
    if (!rated || !kinds.has(rated.kind)) continue;
    const key = url.href.replace(/\/$/, "");
    const known = found.get(key);
    if (known && known.score >= rated.score) continue;
    found.set(key, { link: { url: url.href, kind: rated.kind }, score: rated.score });
  }
  return interleave([...found.values()].sort((a, b) => b.score - a.score).map((entry) => entry.link));
}

function linkTarget(href: string, base: URL, page: URL): URL | null {
  if (
    href.length > MAX_ADDRESS ||
    /^\s*(?:#|javascript:|mailto:|tel:|data:)/i.test(href) ||
    !URL.canParse(href, base)
  )
    return null;
  const url = new URL(href, base);
  url.hash = "";
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "") return null;
  // A home page that only answered without TLS will not have it elsewhere, whatever its links say.
  if (page.protocol === "http:" && url.hostname === page.hostname) url.protocol = "http:";
  if (!isSameSite(url, page.hostname) || NOT_A_PAGE.test(url.pathname)) return null;
  return url.href === page.href || (url.pathname === "/" && url.search === "") ? null : url;
}

/** What a link text or heading announces; null if it is none of the pages that are read. Folds its text itself. */
export function kindOf(text: string): PageKind | null {
  const folded = fold(text);
  if (folded.length > 60 || OTHER.test(folded)) return null;
  return KINDS.find(({ words }) => words.test(folded))?.kind ?? null;
}

function rate(url: URL, label: string): { kind: PageKind; score: number } | null {
  const segments = url.pathname.split("/").filter((part) => part !== "");
  const last = fold(decodePath(segments.at(-1) ?? "").replace(/\.\w{2,5}$/, "")).slice(0, 100);
  if (segments.slice(0, -1).some((segment) => OTHER_FOLDER.test(fold(segment)))) return null;
  const isShort = label.length <= 60;
  // "The surveyors", "Our engineers": those who do the work.
  const plural =
    /^(?:the|our|meet the|meet our|our team of|unsere|nos|les|nuestros|onze)?\s?(\p{L}{4,})$/u.exec(
      label,
    )?.[1];
  if (plural !== undefined && isRolePlural(plural)) return { kind: "team", score: 4 - segments.length };
  for (const { kind, words } of KINDS) {
    const inLabel = isShort && words.test(label);
    const inLast = words.test(last);
    if (!inLabel && !inLast) continue;
    // "Team & careers" may hold people; "Product team" or "Help for teams" mostly does not, and comes last.
    const isMixed = OTHER.test(last) || (OTHER.test(label) && !inLast);
    if (isMixed && !(inLabel && (inLast || !OTHER.test(last)))) continue;
    const score = (inLabel ? 4 : 0) + (inLast ? 3 : 0) - segments.length - (isMixed ? 4 : 0);
    return { kind, score };
  }
  return null;
}

/** One page of each kind first, in priority order, then the seconds. */
function interleave(links: readonly SubpageLink[]): SubpageLink[] {
  const rounds: SubpageLink[][] = [];
  const seen = new Map<PageKind, number>();
  for (const link of links) {
    const round = seen.get(link.kind) ?? 0;
    seen.set(link.kind, round + 1);
    rounds[round] = [...(rounds[round] ?? []), link];
  }
  const order = KINDS.map((entry) => entry.kind);
  return rounds.flatMap((round) => round.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)));
}

/** The address that relative links start from: `<base href>` if the page has one of the same site. */
export function baseUrl(document: Document, page: URL): URL {
  const href = getElementsByTagName("base", document, true, 1)[0]?.attribs.href;
  return href !== undefined && URL.canParse(href, page) ? new URL(href, page) : page;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray percent sign in a path: its words are readable as they stand.
  }
}
