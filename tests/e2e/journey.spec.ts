import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import Papa from "papaparse";
import { demoCompanies } from "./demo-companies.ts";
import { expect, test } from "./fixtures.ts";
import { signUp } from "./pages/account.ts";
import { createCampaign, openTab } from "./pages/campaign.ts";
import { downloadList } from "./pages/exports.ts";
import {
  checkRows,
  chooseFile,
  csvFile,
  dropFile,
  matchColumn,
  openImport,
  sendRows,
} from "./pages/imports.ts";
import { listSummary, rowOf, shownRows } from "./pages/list.ts";
import { startResearch } from "./pages/research.ts";
import { noteProgress, watch } from "./pages/watch.ts";

const FORMULA = '=HYPERLINK("http://evil.example","click")';
const BAD_ROW = { name: "", website: "call us", Crew: "7", Remark: "no name, no website" };

/** Companies whose website is not there. */
const GONE = 60;

/** The demo companies, those that are gone, and one row that cannot be imported. */
async function companiesCsv(): Promise<string> {
  const companies = await demoCompanies();
  const gone = Array.from({ length: GONE }, (_, at) => ({
    name: `Gone ${at + 1}`,
    website: `gone-${at + 1}.localhost`,
  }));
  const rows = [...companies, ...gone].map((company) => ({
    ...company,
    Crew: "12",
    Remark: company.name === "Northwind Robotics" ? FORMULA : "",
  }));
  return Papa.unparse([...rows.slice(0, 3), BAD_ROW, ...rows.slice(3)]);
}

const PEOPLE_CSV = Papa.unparse([
  {
    "Full name": "Ada Sample",
    "Job title": "=1+1 Head of Sums",
    Email: "ada@northwind-robotics.localhost",
    Company: "Northwind Robotics",
    "Company website": "northwind-robotics.localhost",
  },
]);

for (const appOn of ["the origin of the API", "an origin of its own"] as const) {
  test.describe(`with the app on ${appOn}`, () => {
    test.use({ appOn });

    test("a new user gets from a CSV file to researched leads in a spreadsheet", async ({
      quietPage: page,
    }) => {
      const companies = await demoCompanies();
      await test.step("signs up and makes a campaign", async () => {
        await signUp(page);
        await createCampaign(page, "Robots & more");
      });
      await test.step("drops a file, matches a column, sees the bad row and downloads it", () =>
        importCompanies(page, companies.length + GONE));
      await test.step("starts research and watches it without reloading", () =>
        watchResearch(page, companies.length));
      await test.step("sees which page each value came from", () => lookAtSources(page));
      await test.step("adds people of a second file", () => addPeople(page));
      await test.step("searches, sorts and filters contacts and exports what is shown", () =>
        exportContacts(page));
      await test.step("exports the companies with formulas made harmless", () =>
        exportCompanies(page, companies.length));
    });
  });
}

async function importCompanies(page: Page, count: number): Promise<void> {
  await openTab(page, "Imports");
  const zone = page.getByRole("region", { name: "Drop a CSV file of companies or contacts here" });
  await dropFile(zone, csvFile("robots.csv", await companiesCsv()));
  await matchColumn(page, "Crew", "Employees");
  const dialog = await checkRows(page);
  await expect(dialog.getByText(`${count} rows can be imported, 1 cannot`)).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "“call us” is not a web address" })).toContainText(
    "5",
  );

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download 1 rejected row" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("robots – rejected rows.csv");
  const rejected = await readFile(await download.path(), "utf8");
  expect(rejected).toContain("“call us” is not a web address");
  expect(rejected).toContain(BAD_ROW.Remark);

  await sendRows(page);
  await expect(page.getByRole("list", { name: "Earlier imports" })).toContainText(
    `${count} new companies · 1 row rejected`,
  );
  await openTab(page, "Companies");
  await expect(listSummary(page, "companies", `${count} companies`)).toBeVisible();
  await expect(rowOf(page, "Kupfer & Licht")).toContainText("New");
}

async function watchResearch(page: Page, count: number): Promise<void> {
  const watched = watch(page);
  const progress = await noteProgress(page, "Research");
  await startResearch(page);
  const researched = page.getByRole("row").filter({ hasText: "Researched" });
  await expect(researched).not.toHaveCount(count);
  await expect(researched).toHaveCount(count, { timeout: 60_000 });
  const values = await progress();
  expect(values.length).toBeGreaterThan(1);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(watched.loads()).toBe(0);
  expect(watched.calls("list_companies")).toBeLessThanOrEqual(3);

  await openTab(page, "Research");
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  expect(watched.loads()).toBe(0);
  await page.getByRole("combobox", { name: "Which jobs are shown" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  const jobs = page.getByRole("grid", { name: "Jobs" }).getByRole("rowheader");
  await expect(jobs.first()).toHaveText(/^Gone \d+/);
}

async function lookAtSources(page: Page): Promise<void> {
  await openTab(page, "Companies");
  await rowOf(page, "Northwind Robotics").getByRole("rowheader").click();
  const panel = page.getByRole("dialog", { name: "Northwind Robotics" });
  await expect(panel.getByText("builds truck-loading robots")).toBeVisible();
  const sources = panel.getByRole("link", { name: "(source, opens in a new tab)" });
  await expect(sources).toHaveCount(7); // name, description, industry, e-mail, phone, address, LinkedIn
  const pages = await sources.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(new Set(pages.map((address) => new URL(address).hostname))).toEqual(
    new Set(["northwind-robotics.localhost"]),
  );
  expect(pages.map((address) => new URL(address).pathname)).toContain("/contact");
  await expect(panel.getByText("Maya Lindgren")).toBeVisible();
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toBeHidden();
}

async function addPeople(page: Page): Promise<void> {
  await openImport(page);
  await chooseFile(page, csvFile("people.csv", PEOPLE_CSV));
  await expect(page.getByRole("radio", { name: "Contacts" })).toBeChecked();
  await checkRows(page);
  await sendRows(page);
}

async function exportContacts(page: Page): Promise<void> {
  await openTab(page, "Contacts");
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("textbox", { name: "Search contacts" }).fill("northwind");
  await page.getByRole("button", { name: /^Filter( \d+)?$/ }).click();
  await page.getByRole("textbox", { name: "Title contains" }).fill("head");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(listSummary(page, "contacts", "2 contacts match")).toBeVisible();

  const shown = await shownRows(page, "contacts");
  expect(shown.map((row) => row.Name)).toEqual(["Ada Sample", "Ruth Abara"]);
  const { fileName, rows } = await downloadList(page);
  expect(fileName).toMatch(/^Robots & more – contacts – \d{4}-\d\d-\d\d\.csv$/);
  expect(rows.map((row) => [row.Name, row.Title, row.Company, row.Email])).toEqual(
    shown.map((row) => [row.Name, (row.Title ?? "").replace(/^=/, "'="), row.Company, row["E-mail"]]),
  );
  expect(rows[0]?.Title).toBe("'=1+1 Head of Sums");
}

async function exportCompanies(page: Page, count: number): Promise<void> {
  await openTab(page, "Companies");
  await page.getByRole("button", { name: /^Filter( \d+)?$/ }).click();
  await page.getByRole("checkbox", { name: "Researched", exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Company" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Company" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("grid", { name: "companies" })).toHaveAttribute("aria-busy", "false");
  const shown = await shownRows(page, "companies");
  expect(shown).toHaveLength(count);
  const { rows } = await downloadList(page);
  expect(rows.map((row) => [row.Name, row.Email, row.Contacts])).toEqual(
    shown.map((row) => [row.Company, row["E-mail"], row.Contacts]),
  );
  const northwind = rows.find((row) => row.Name === "Northwind Robotics");
  expect(northwind).toMatchObject({ Remark: `'${FORMULA}`, Employees: "12" });
}
