import { type Element, isTag } from "domhandler";
import { getElementsByTagName } from "domutils";
import { emailsInLink, emailsInText } from "./emails.ts";
import { isTitleShaped } from "./job-title.ts";
import { linesOf, textOf } from "./lines.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { readInvertedName, readPersonName } from "./person-name.ts";
import { phonesInLine } from "./phones.ts";
import { personProfile } from "./social.ts";
import { fold } from "./text.ts";

const NAME =
  /^(?:name|names|full name|naam|nom|nom et prenom|prenom nom|nombre|nombre y apellidos|nome|nome e cognome|nominativo|navn|namn|nimi|imie i nazwisko|jmeno|nev|ad soyad|nume|employee|staff|person|mitarbeiter|ansprechpartner|contact|medewerker)$|^(?:氏名|名前|お名前|姓名|이름|имя|фио)$/u;
const TITLE =
  /^(?:title|job title|position|role|function|designation|responsibility|job|funktion|position funktion|aufgabe|aufgabenbereich|bereich|zustandigkeit|tatigkeit|fonction|poste|cargo|puesto|ruolo|funzione|qualifica|funcao|functie|rol|taak|stilling|titel|tittel|roll|tehtava|stanowisko|funkcja|pozice|beosztas|unvan|gorev|functia|department|abteilung)$|^(?:役職|職位|职位|职务|役割|担当|직책|직위|должность)$/u;
const FIRST_NAME =
  /^(?:first name|given name|vorname|prenom|voornaam|fornavn|fornamn|imie|jmeno|keresztnev|etunimi)$/;
const LAST_NAME =
  /^(?:last name|surname|family name|nachname|name|nom|nom de famille|apellidos?|cognome|apelido|achternaam|etternavn|efternavn|efternamn|nazwisko|prijmeni|vezeteknev|sukunimi)$/;
const MAX_ROWS = 500;

/** People in tables that say in a header row which column holds names. Also the tables that were read that way. */
export function peopleInTables(page: Page): { people: Person[]; tables: Set<Element> } {
  const people: Person[] = [];
  const tables = new Set<Element>();
  if (page.kind === "portfolio") return { people, tables };
  for (const table of getElementsByTagName("table", page.document, true, 50)) {
    const [head, ...rows] = getElementsByTagName("tr", table, true, MAX_ROWS).map(cellsOf);
    const labels = (head ?? []).map((cell) => fold(textOf(cell, 60)));
    const firstAt = labels.findIndex((label) => FIRST_NAME.test(label));
    const lastAt = firstAt === -1 ? -1 : labels.findIndex((label) => LAST_NAME.test(label));
    const nameAt = lastAt === -1 ? labels.findIndex((label) => NAME.test(label)) : lastAt;
    const titleAt = labels.findIndex((label) => TITLE.test(label));
    if (nameAt === -1 || labels.length < 2) continue;
    const found = rows.flatMap((cells) =>
      readRow(cells, { firstAt: lastAt === -1 ? -1 : firstAt, nameAt, titleAt }, page),
    );
    if (found.length === 0 || (titleAt === -1 && found.every((person) => !person.email && !person.phone)))
      continue;
    people.push(...found);
    tables.add(table);
  }
  return { people, tables };
}

/** Where the columns are; -1 for those a table does not have. With `firstAt`, `nameAt` holds the family name. */
interface Columns {
  firstAt: number;
  nameAt: number;
  titleAt: number;
}

function readRow(cells: readonly Element[], columns: Columns, page: Page): Person[] {
  const { firstAt, nameAt, titleAt } = columns;
  const parts = [firstAt, nameAt].map((at) => cells[at]).map((cell) => (cell ? textOf(cell, 120) : ""));
  const stated = parts.join(" ").trim();
  const name = readPersonName(stated) ?? readInvertedName(stated);
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
