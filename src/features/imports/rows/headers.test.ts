import type { ImportKind } from "@contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchColumns, normaliseHeader, uniqueHeaders } from "./headers";

/** Header → target of every column that got a field. */
const match = (kind: ImportKind, headers: string[], sample: string[][] = []) =>
  Object.fromEntries(
    matchColumns(kind, headers, sample)
      .filter(({ target }) => target !== "custom")
      .map(({ header, target }) => [header, target]),
  );

describe("matching the columns of a company file", () => {
  it("knows an Apollo accounts export", () => {
    const headers =
      "Company,Company Name for Emails,Account Stage,# Employees,Industry,Account Owner,Website,Company Linkedin Url,Facebook Url,Company Street,Company City,Company Country,Company Phone,SEO Description,Technologies".split(
        ",",
      );
    expect(match("companies", headers)).toEqual({
      Company: "name",
      "# Employees": "employees",
      Industry: "industry",
      Website: "website",
      "Company Linkedin Url": "linkedin_url",
      "Company Street": "address",
      "Company Country": "country",
      "Company Phone": "phone",
      "SEO Description": "description",
    });
  });

  it("knows a HubSpot companies export", () => {
    const headers =
      "Record ID,Company name,Company Domain Name,Website URL,Phone Number,City,Country/Region,Industry,Number of Employees,LinkedIn Company Page,Lead Status".split(
        ",",
      );
    expect(match("companies", headers)).toEqual({
      "Company name": "name",
      "Company Domain Name": "website",
      "Phone Number": "phone",
      "Country/Region": "country",
      Industry: "industry",
      "Number of Employees": "employees",
      "LinkedIn Company Page": "linkedin_url",
    });
  });

  it.each(["City", "Town", "State", "State/Region", "Region", "ZIP", "Postal code", "Ort", "PLZ", "Ville"])(
    "keeps a column %s by itself, which is no address",
    (header) => {
      expect(match("companies", ["Name", header], [["Acme", "Vienna"]])).toEqual({ Name: "name" });
    },
  );

  it("does not take cities for the names of companies where there are none", () => {
    const rows = [
      ["acme.com", "Vienna"],
      ["bolt.eu", "Tallinn"],
    ];
    expect(match("companies", ["Domain", "City"], rows)).toEqual({ Domain: "website" });
  });

  it.each(["Address", "Full address", "Street", "Headquarters", "Address line 1", "Anschrift"])(
    "takes a column %s for the address",
    (header) => {
      expect(match("companies", ["Name", header], [["Acme", "Main St 1"]])).toMatchObject({
        [header]: "address",
      });
    },
  );

  it.each([
    ["German", "Firmenname;Webseite;Branche;Land;Straße;PLZ;Ort;Telefon;E-Mail;Mitarbeiterzahl"],
    [
      "French",
      "Raison sociale;Site web;Secteur d’activité;Pays;Adresse;Code postal;Ville;Téléphone;Courriel;Effectif",
    ],
    [
      "Spanish",
      "Empresa;Página web;Sector;País;Dirección;Ciudad;Código;Teléfono;Correo electrónico;Número de empleados",
    ],
    ["Japanese", "会社名;ウェブサイト;業種;国;住所;x;y;電話番号;メールアドレス;従業員数"],
  ])("knows %s headers", (_, line) => {
    expect(new Set(Object.values(match("companies", line.split(";"))))).toEqual(
      new Set(["name", "website", "industry", "country", "address", "phone", "email", "employees"]),
    );
  });
});

describe("matching the columns of a contact file", () => {
  it("knows an Apollo contacts export", () => {
    const headers =
      "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Seniority,Work Direct Phone,Corporate Phone,# Employees,Person Linkedin Url,Website,Company Linkedin Url,Country".split(
        ",",
      );
    expect(match("contacts", headers)).toEqual({
      "First Name": "first_name",
      "Last Name": "last_name",
      Title: "title",
      Company: "company_name",
      Email: "email",
      "Work Direct Phone": "phone",
      "Person Linkedin Url": "linkedin_url",
      Website: "company_website",
      Country: "country",
    });
  });

  it("knows a LinkedIn connections export", () => {
    expect(
      match("contacts", [
        "First Name",
        "Last Name",
        "URL",
        "Email Address",
        "Company",
        "Position",
        "Connected On",
      ]),
    ).toEqual({
      "First Name": "first_name",
      "Last Name": "last_name",
      URL: "linkedin_url",
      "Email Address": "email",
      Company: "company_name",
      Position: "title",
    });
  });

  it("knows French first and last names apart", () => {
    expect(match("contacts", ["Nom", "Prénom", "Fonction", "Société"])).toEqual({
      Nom: "last_name",
      Prénom: "first_name",
      Fonction: "title",
      Société: "company_name",
    });
  });
});

describe("matching columns", () => {
  it("guesses no name where the cells cannot be names", () => {
    const columns = matchColumns(
      "companies",
      ["A", "B"],
      [
        ["7", "acme.com"],
        ["8", "bolt.eu"],
      ],
    );
    expect(columns.map(({ target }) => target)).toEqual(["custom", "website"]);
  });

  it("goes by the cells where the header says nothing, and says that it guessed", () => {
    const columns = matchColumns(
      "companies",
      ["A", "B", "C"],
      [
        ["Acme", "https://acme.com", "hi@acme.com"],
        ["Bolt", "bolt.eu", "bolt@gmail.com"],
      ],
    );
    expect(columns.map(({ target, confidence }) => [target, confidence])).toEqual([
      ["name", "guess"],
      ["website", "guess"],
      ["email", "guess"],
    ]);
  });

  it("skips columns without any value and keeps other unknown ones as custom fields", () => {
    const columns = matchColumns("companies", ["Name", "Score", "Notes"], [["Acme", "7", " "]]);
    expect(columns.map(({ target }) => target)).toEqual(["name", "custom", "skip"]);
  });

  it("gives each field one column, but joins those of an address, for any headers", () => {
    const word = fc.constantFrom(
      "Name",
      "Company",
      "Website",
      "Domain",
      "City",
      "Street",
      "Phone",
      "Phone Number",
      "Tel",
      "Tags",
      "x",
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.constantFrom<ImportKind>("companies", "contacts"),
        (words, kind) => {
          const headers = uniqueHeaders(words);
          const columns = matchColumns(kind, headers, []);
          expect(columns.map(({ header }) => header)).toEqual(headers);
          const single = columns
            .map(({ target }) => target)
            .filter((target) => !["custom", "skip", "address", "tags"].includes(target));
          expect(new Set(single).size).toBe(single.length);
        },
      ),
    );
  });
});

describe("headers", () => {
  it("are each there once and never empty, in their order, for any cells", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "a (2)", "", " ", "b", "Column 3"), { maxLength: 10 }),
        (cells) => {
          const headers = uniqueHeaders(cells);
          expect(headers).toHaveLength(cells.length);
          expect(new Set(headers).size).toBe(cells.length);
          expect(headers.every((header) => header.trim() !== "")).toBe(true);
        },
      ),
    );
  });

  it("get a number when a name comes twice", () => {
    expect(uniqueHeaders(["Phone", "Phone", "", "Phone (2)"])).toEqual([
      "Phone",
      "Phone (2)",
      "Column 3",
      "Phone (2) (2)",
    ]);
  });

  it("are compared without case, accents and signs", () => {
    expect(normaliseHeader("  E-Mail_Adresse (Büro) ")).toBe("e mail adresse buro");
  });
});
