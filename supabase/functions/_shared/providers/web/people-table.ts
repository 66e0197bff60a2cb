import { type Element, isTag } from "domhandler";
import { getElementsByTagName } from "domutils";
import { emailsInLink, emailsInText } from "./emails.ts";
import { isTitleShaped } from "./job-title.ts";
import { linesOf, textOf } from "./lines.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { readPersonName } from "./person-name.ts";
import { phonesInLine } from "./phones.ts";
import { personProfile } from "./social.ts";
import { fold } from "./text.ts";

const NAME =
  /^(?:name|names|full name|naam|nom|nom et prenom|prenom nom|nombre|nombre y apellidos|nome|nome e cognome|nominativo|navn|namn|nimi|imie i nazwisko|jmeno|nev|ad soyad|nume|employee|staff|person|mitarbeiter|ansprechpartner|contact|medewerker)$|^(?:氏名|名前|お名前|姓名|이름|имя|фио)$/u;
const TITLE =
  /^(?:title|job title|position|role|function|designation|responsibility|job|funktion|position funktion|aufgabe|aufgabenbereich|bereich|zustandigkeit|tatigkeit|fonction|poste|cargo|puesto|ruolo|funzione|qualifica|funcao|functie|rol|taak|stilling|titel|tittel|roll|tehtava|stanowisko|funkcja|pozice|beosztas|unvan|gorev|functia|department|abteilung)$|^(?:役職|職位|职位|职务|役割|担当|직책|직위|должность)$/u;
const MAX_ROWS = 500;

/** People in tables that say in a header row which column holds names. Also the tables that were read that way. */
export function peopleInTables(page: Page): { people: Person[]; tables: Set<Element> } {
  const people: Person[] = [];
  const tables = new Set<Element>();
  if (page.kind === "portfolio") return { people, tables };
  for (const table of getElementsByTagName("table", page.document, true, 50)) {
    const [head, ...rows] = getElementsByTagName("tr", table, true, MAX_ROWS).map(cellsOf);
    const labels = (head ?? []).map((cell) => fold(textOf(cell, 60)));
    const nameAt = labels.findIndex((label) => NAME.test(label));
    const titleAt = labels.findIndex((label) => TITLE.test(label));
    if (nameAt === -1 || labels.length < 2) continue;
    const found = rows.flatMap((cells) => readRow(cells, nameAt, titleAt, page));
    if (found.length === 0 || (titleAt === -1 && found.every((person) => !person.email && !person.phone)))
      continue;
    people.push(...found);
    tables.add(table);
  }
  return { people, tables };
}

function readRow(cells: readonly Element[], nameAt: number, titleAt: number, page: Page): Person[] {
  const cell = cells[nameAt];
  const name = cell ? readPersonName(textOf(cell, 120)) : null;
  if (!name) return [];
  const titleCell = titleAt === -1 ? undefined : cells[titleAt];
  const title = titleCell ? textOf(titleCell, 120) : "";
  const lines = cells.flatMap((each) => linesOf(each));
  const links = lines.flatMap((line) => line.links);
  const email = [...links.flatMap(emailsInLink), ...lines.flatMap((line) => emailsInText(line.text))][0];
  const phone = lines.flatMap((line) => phonesInLine(line, "tel"))[0];
  const linkedin = links.map((href) => personProfile(href, page.base)).find((url) => url !== null);
  return [
    {
      name,
      ...(isTitleShaped(title) ? { title } : {}),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
      ...(linkedin ? { linkedin } : {}),
      source: page.url,
    },
  ];
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(isTag).filter((cell) => cell.name === "td" || cell.name === "th");
}
