import type { Element } from "domhandler";
import { getElementsByTagName } from "domutils";
import type { CompanyResult } from "../../contracts/research.ts";
import { type Line, textOf } from "./lines.ts";
import type { Stated } from "./organization.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { ancestors, isAboutOthers, isPageChrome } from "./people-context.ts";
import { allTexts } from "./schema-org.ts";
import { companyProfile } from "./social.ts";
import { fold } from "./text.ts";

/** Lines in which somebody else signs: who made the site, who took the pictures. */
const CREDIT =
  /\b(?:(?:design|craft|make|made|build|built|create|develop|power|host|photograph)(?:e?d)?|photos?|photography|website|site|theme|web\s?design)\s(?:with \S+ )?by\b|\b(?:webdesign|umsetzung|realisierung|réalisation|conception|realizzazione|realizzato da|sito (?:web )?(?:di|a cura)|diseño web|desarrollado por|projekt i wykonanie|wykonanie|realizacja|hosting|hébergeur)\b/iu;
/** What links to a company's own profile say besides its name. Folded. */
const PLAIN =
  /\b(?:facebook|fb|instagram|insta|ig|linkedin|linked in|in|twitter|x|youtube|yt|github|social|media|follow|us|on|our|me|join|like|find|visit|watch|see|connect|with|page|profile|channel|company|official|link|icon|logo|opens|open|new|tab|window|external|to|at|the|via|auf|bei|folgen|folge|sie|uns|besuchen|suivez|nous|sur|retrouvez|page|siguenos|sigue|en|seguici|segui|su|volg|ons|op|folg|oss|folj|pa|obserwuj|nas|na|curta|siga|f|unauth)\b/gu;

/** The company's profile in each network: its organization's own, else the links of its pages. */
export function companySocial(
  stated: readonly Stated[],
  pages: readonly Page[],
  people: readonly Person[],
  name: string | undefined,
): CompanyResult["social"] {
  const names = namesOf(pages, name);
  const personal = new Set(people.flatMap((person) => person.links ?? []));
  const structured = stated.flatMap(({ node, page }) =>
    allTexts(node, "sameAs").map((href) => ({ href, page, rank: STRUCTURED, isForeign: false })),
  );
  const visible = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) => {
      const labels = linkLabels(page);
      return page.lines
        .filter((line) => !isAboutOthers(line, page))
        .flatMap((line) =>
          line.links.map((href) => ({
            href,
            page,
            rank: isInFrame(line) ? FRAME : 0,
            isForeign: isForeign(line, labels.get(href) ?? "", names),
          })),
        );
    })
    .filter(({ href }) => !personal.has(href));
  const found = [...structured, ...visible].flatMap(({ href, page, rank, isForeign }) => {
    const profile = companyProfile(href, page.base);
    if (!profile) return [];
    const isAlike = names.some((each) => handleOf(profile.url).includes(each));
    return isForeign && !isAlike
      ? []
      : [{ ...profile, rank: rank + (isAlike ? ALIKE : 0), source: page.url }];
  });
  const social: CompanyResult["social"] = {};
  for (const network of new Set(found.map((profile) => profile.network))) {
    // Others belong to partners, guests or the people who made the site.
    const [best] = found.filter((other) => other.network === network).toSorted((a, b) => b.rank - a.rank);
    if (best) social[network] = { value: best.url, source: best.source };
  }
  return social;
}

/** What speaks for a profile, the strongest first: it is declared, it is called like the company, it frames the pages. */
const [STRUCTURED, ALIKE, FRAME] = [4, 2, 1];

function isInFrame(line: Line): boolean {
  const [element] = ancestors(line);
  return element !== undefined && isPageChrome(element);
}

/** What the company's profiles may be called: its host's first label and its name, in bare letters and digits. */
function namesOf(pages: readonly Page[], name: string | undefined): string[] {
  const host = new URL(pages[0]?.url ?? "http://unknown.invalid").hostname.replace(/^www\./, "");
  return [host.split(".")[0] ?? "", name ?? ""].map(bare).filter((text) => text.length >= 3);
}

/** Whether a link names somebody else: "Site by Bright Kettle", "Aalborg University on Facebook". */
function isForeign(line: Line, label: string, names: readonly string[]): boolean {
  if (CREDIT.test(line.text.slice(0, 300))) return true;
  const rest = bare(fold(label).replace(PLAIN, " "));
  if (rest.length < 3 || label.startsWith("@")) return false;
  return !names.some((name) => name.includes(rest) || rest.includes(name));
}

/** What the links of a page say, by address: their text, or what stands for it. */
function linkLabels(page: Page): Map<string, string> {
  const labels = new Map<string, string>();
  for (const anchor of getElementsByTagName("a", page.document, true, 1_000)) {
    const href = anchor.attribs.href;
    if (href !== undefined && !labels.has(href)) labels.set(href, labelOf(anchor));
  }
  return labels;
}

function labelOf(anchor: Element): string {
  return textOf(anchor, 100);
}

/** The last part of a profile's path in bare letters and digits. */
function handleOf(url: string): string {
  return bare(decodeURIComponent(url.replace(/^.*\//, "")));
}

function bare(text: string): string {
  return fold(text).replaceAll(" ", "");
}
