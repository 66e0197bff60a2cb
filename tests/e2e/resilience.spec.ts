import type { BrowserContext, Page } from "@playwright/test";
import { companiesCsv } from "../fixtures/csv/generate.ts";
import { importCompanies } from "../support/campaigns.ts";
import type { Client } from "../support/product.ts";
import { demoCompanies } from "./demo-companies.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { openTab } from "./pages/campaign.ts";
import { makeImporter, openNewCampaign } from "./pages/import-results.ts";
import { checkRows, chooseFile, csvFile, openImport } from "./pages/imports.ts";
import { startResearch } from "./pages/research.ts";

const ROWS = 4_500;
const bigFile = () => csvFile("big.csv", [...companiesCsv(ROWS)].join(""));

/** How many different companies a campaign has, as the database counts them. */
async function companyCount(client: Client, campaignId: string): Promise<number | null> {
  const { count } = await client
    .from("companies")
    .select("*", { count: "exact", head: true })
    .eq("campaign_id", campaignId)
    .throwOnError();
  return count;
}

/** Every company of a campaign as "name domain", sorted. */
async function savedCompanies(client: Client, campaignId: string): Promise<string[]> {
  const saved: string[] = [];
  for (;;) {
    const { data } = await client
      .from("companies")
      .select("name, domain")
      .eq("campaign_id", campaignId)
      .order("id")
      .range(saved.length, saved.length + 999)
      .throwOnError();
    if (data.length === 0) return saved.sort();
    saved.push(...data.map(({ name, domain }) => `${name} ${domain}`));
  }
}

async function beginImport(page: Page): Promise<void> {
  await openImport(page);
  await chooseFile(page, bigFile());
  await checkRows(page);
  await page.getByRole("button", { name: "Import 4,500 rows" }).click();
}

/** Cuts the network when the app sends its fourth chunk. */
async function cutAtFourthChunk(context: BrowserContext): Promise<void> {
  let sent = 0;
  await context.route("**/rpc/import_rows", async (route) => {
    sent += 1;
    if (sent === 4) await context.setOffline(true);
    await route.continue();
  });
}

test("an import that loses the network says so, goes on by itself and has every row once", async ({
  page,
  context,
  product,
}) => {
  const importer = await makeImporter(page, product);
  const campaignId = await openNewCampaign(importer);
  await cutAtFourthChunk(context);
  await beginImport(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/Connection lost – retrying; [\d,]+ rows are saved/)).toBeVisible();
  expect(await companyCount(importer.client, campaignId)).toBeLessThan(ROWS);
  await context.setOffline(false);
  await expect(page.getByRole("dialog", { name: "Import finished" })).toBeVisible({ timeout: 40_000 });
  expect(await companyCount(importer.client, campaignId)).toBe(ROWS);
  await expect(dialog.getByRole("definition").first()).toHaveText("4,500");
});

test("an answer that is lost on the way back does not save its rows twice", async ({
  page,
  context,
  product,
}) => {
  const importer = await makeImporter(page, product);
  const campaignId = await openNewCampaign(importer);
  let lost = 0;
  await context.route("**/rpc/import_rows", async (route) => {
    if (lost > 1) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await beginImport(page);
  await expect(page.getByRole("dialog", { name: "Import finished" })).toBeVisible({ timeout: 40_000 });
  expect(lost).toBe(2);
  expect(await companyCount(importer.client, campaignId)).toBe(ROWS);
});

test("an import that has stopped trying says what is saved, and Continue sends the rest", async ({
  page,
  product,
}) => {
  const importer = await makeImporter(page, product);
  await page.clock.install();
  const campaignId = await openNewCampaign(importer);
  let tries = 0;
  await page.route("**/rpc/import_rows", (route) => {
    tries += 1;
    return tries === 1 ? route.continue() : route.abort("connectionrefused");
  });
  await openImport(page);
  await chooseFile(page, csvFile("leads.csv", [...companiesCsv(2_500)].join("")));
  await checkRows(page);
  await page.getByRole("button", { name: "Import 2,500 rows" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Connection lost – retrying; 1,000 rows are saved")).toBeVisible();
  const goOn = dialog.getByRole("button", { name: "Continue" });
  await expect(async () => {
    await page.clock.fastForward(30_000);
    await expect(goOn).toBeVisible({ timeout: 100 });
  }).toPass();
  await expect(dialog.getByRole("alert")).toContainText("The server cannot be reached; 1,000 rows are saved");
  expect(tries).toBeGreaterThan(7);
  expect(await companyCount(importer.client, campaignId)).toBe(1_000);

  await page.unroute("**/rpc/import_rows");
  await goOn.click();
  await expect(page.getByRole("dialog", { name: "Import finished" })).toBeVisible();
  await expect(dialog.getByRole("definition").first()).toHaveText("2,500");
  const inFile = Array.from({ length: 2_500 }, (_, at) => `Company ${at + 1} company-${at + 1}.example`);
  expect(await savedCompanies(importer.client, campaignId)).toEqual(inFile.sort());
});

test("an import that a reload interrupts is continued with the same file", async ({
  page,
  context,
  product,
}) => {
  const importer = await makeImporter(page, product);
  const campaignId = await openNewCampaign(importer);
  let sent = 0;
  let gone = false;
  await context.route("**/rpc/import_rows", async (route) => {
    sent += 1;
    // The fourth and later ones are still on their way when the page goes.
    if (sent <= 3 || gone) await route.continue();
  });
  await beginImport(page);
  await expect.poll(() => companyCount(importer.client, campaignId)).toBe(3_000);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  gone = true;

  await openTab(page, "Imports");
  const interrupted = page.getByRole("list", { name: "Earlier imports" }).getByRole("listitem").first();
  await expect(interrupted).toContainText("Unfinished");
  await expect(interrupted).toContainText("3,000 of 4,500 rows saved");
  await interrupted.getByRole("button", { name: "Continue…" }).click();
  const dialog = page.getByRole("dialog");
  await chooseFile(page, csvFile("other.csv", "Company\r\nOther\r\n"));
  await expect(dialog.getByRole("alert")).toContainText("is not the file this import began with");
  await chooseFile(page, bigFile());
  await dialog.getByRole("button", { name: /^Import [\d,]+ rows$/ }).click();
  await expect(page.getByRole("dialog", { name: "Import finished" })).toBeVisible({ timeout: 40_000 });
  expect(await companyCount(importer.client, campaignId)).toBe(ROWS);
});

test("research goes on while the network is gone, and the page catches up afterwards", async ({
  page,
  context,
  product,
}) => {
  const companies = await demoCompanies();
  const { client, workspaceId, email } = await product.signUp("offline");
  const campaignId = await importCompanies(client, workspaceId, companies);
  await signIn(page, email);
  await page.goto(`/c/${campaignId}/companies`);
  await startResearch(page);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expect
    .poll(
      async () => {
        const { data } = await client
          .from("research_runs")
          .select("status")
          .eq("campaign_id", campaignId)
          .throwOnError();
        return data.map(({ status }) => status);
      },
      { timeout: 60_000 },
    )
    .toEqual(["completed"]);
  const researched = page.getByRole("row").filter({ hasText: "Researched" });
  await expect(researched).not.toHaveCount(companies.length);
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await expect(researched).toHaveCount(companies.length, { timeout: 45_000 });
});

test("another workspace's campaign is as if it did not exist", async ({ page, product, sample }) => {
  const { email } = await product.signUp("stranger");
  await signIn(page, email);
  for (const path of ["companies", "contacts", "research", "imports"]) {
    await page.goto(`/c/${sample.campaignId}/${path}`);
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
    await expect(page.getByText("Climate and industry")).toHaveCount(0);
  }
  const stranger = await page.getByRole("alert").textContent();

  // However late the answer is, nothing is said about a campaign that may not exist.
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/rest/v1/campaigns?*", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(`/c/${sample.campaignId}/companies`);
  await expect(page.getByText("No companies yet")).toBeAttached();
  await expect(page.getByText("No companies yet")).toBeHidden();
  answer();
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();

  await page.goto("/c/00000000-0000-4000-8000-000000000000/imports");
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  expect(await page.getByRole("alert").textContent()).toBe(stranger);
});

test("until the app has arrived the page says that it loads, in the theme that was chosen", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await page.evaluate(() => localStorage.setItem("aim-theme", JSON.stringify({ state: { theme: "dark" } })));
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/assets/*.js", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "Aim for Leads is loading" })).toBeVisible();
  await expect(page.getByRole("main")).toHaveCSS("background-color", "rgb(11, 12, 13)");
  arrive();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
