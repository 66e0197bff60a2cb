import type { Page } from "@playwright/test";
import { importCompanies } from "../support/campaigns.ts";
import { demoCompanies } from "./demo-companies.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { openTab } from "./pages/campaign.ts";
import { rowOf } from "./pages/list.ts";
import { startResearch } from "./pages/research.ts";

/** Companies without a website there: with the others more than are researched at once. */
const GONE = 28;

/** How the run that is open is doing, as its heading says. */
const runIs = (page: Page, status: string) =>
  expect(page.getByRole("heading", { name: `40 companies ${status}` })).toBeVisible({ timeout: 60_000 });

const press = (page: Page, button: string) => page.getByRole("button", { name: button, exact: true }).click();

/** How many contacts the campaign has, as its tab says. */
const contactCount = (page: Page) =>
  page.getByRole("navigation", { name: "Campaign", exact: true }).getByRole("link", { name: "Contacts" });

test("research is paused, resumed, retried and cancelled, and nothing that was found is lost", async ({
  quietPage: page,
  product,
}) => {
  const { client, workspaceId, email } = await product.signUp("researcher");
  const companies = await demoCompanies();
  const gone = Array.from({ length: GONE }, (_, at) => ({ website: `http://gone-${at}.localhost` }));
  const campaignId = await importCompanies(client, workspaceId, [...companies, ...gone]);
  await signIn(page, email);
  await page.goto(`/c/${campaignId}/companies`);
  const putUp = product.sites.takeDown("solvej-health.localhost");

  await test.step("paused, it begins nothing more; what is under way still arrives", async () => {
    const answer = product.sites.hold();
    await startResearch(page);
    await press(page, "Watch research");
    await runIs(page, "Running");
    await expect(page.getByText(/\d working/)).toBeVisible();
    await press(page, "Pause");
    await runIs(page, "Paused");
    answer();
    await expect(page.getByText(/\d working/)).toBeHidden();
    const done = await page.getByRole("progressbar", { name: "Company" }).getAttribute("aria-valuenow");
    expect(Number(done)).toBeLessThan(companies.length + GONE);
    await openTab(page, "Companies");
    await expect(page.getByRole("status").filter({ hasText: "Research is paused" })).toBeVisible();
  });

  await test.step("resumed, it does the rest", async () => {
    await press(page, "Research is paused");
    await press(page, "Resume");
    await runIs(page, "Done");
    await expect(page.getByText(`${companies.length - 1} done · ${GONE + 1} failed`)).toBeVisible();
  });

  await test.step("retried, what can be read by now is", async () => {
    await expect(page.getByRole("heading", { name: "Why some failed" })).toBeVisible();
    putUp();
    await press(page, `Retry ${GONE + 1} failed`);
    await expect(page.getByText(`${companies.length} done · ${GONE} failed`)).toBeVisible();
    await runIs(page, "Done");
    await openTab(page, "Companies");
    await expect(rowOf(page, "Solvej Health")).toContainText("Researched");
  });

  await test.step("cancelled, it keeps what was found", async () => {
    const contacts = await contactCount(page).textContent();
    const answer = product.sites.hold();
    await press(page, "Start research");
    await page.getByRole("checkbox", { name: "Again for those already researched" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start research" }).click();
    await press(page, "Watch research");
    await expect(page.getByText(/\d working/)).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(`Done, ${GONE} failed$`) })).toBeVisible();
    await press(page, "Cancel…");
    const dialog = page.getByRole("alertdialog", { name: "Cancel this research?" });
    await expect(dialog).toContainText("What was found so far is kept.");
    await dialog.getByRole("button", { name: "Cancel research" }).click();
    await runIs(page, "Cancelled");
    await expect(page.getByRole("progressbar", { name: "Company" })).toHaveAttribute(
      "aria-valuetext",
      "0 of 40",
    );
    answer();
    await openTab(page, "Companies");
    await expect(page.getByRole("row").filter({ hasText: "Researched" })).toHaveCount(companies.length);
    await expect(contactCount(page)).toHaveText(contacts ?? "");
    await expect(page.getByRole("button", { name: "Start research" })).toBeVisible();
  });
});

test("a campaign without companies begins with a list of them on the web", async ({
  quietPage: page,
  product,
}) => {
  const { client, workspaceId, email } = await product.signUp("finder");
  const campaignId = await importCompanies(client, workspaceId, []);
  await signIn(page, email);
  await page.goto(`/c/${campaignId}/research`);
  await page.getByRole("button", { name: "Start research" }).last().click();
  const dialog = page.getByRole("dialog", { name: "Start research" });
  const start = dialog.getByRole("button", { name: "Start research" });
  const fill = (field: string, text: string) =>
    dialog.getByRole("textbox", { name: field, exact: true }).fill(text);
  await expect(dialog.getByRole("checkbox", { name: "Find companies" })).toBeChecked();
  await expect(start).toBeDisabled();
  await page.setViewportSize({ width: 390, height: 640 });
  await expect(start).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await fill("Address of the list", "http://old-quay-capital.localhost/investments");
  await fill("Companies", "tbody > tr");
  await fill("Name", "td");
  await fill("Website", "td a");
  await dialog.getByRole("button", { name: "Try the first page" }).click();
  await expect(dialog.getByText("4 companies on the first page")).toBeVisible();
  for (const stage of ["Company", "Contacts"])
    await dialog.getByRole("checkbox", { name: stage, exact: true }).click();
  await start.click();
  await expect(page.getByRole("heading", { name: "4 companies Done" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("row").filter({ hasText: "Page 1" }).click();
  await expect(page.getByRole("dialog", { name: "Page 1" })).toContainText("has done it");
  await page.keyboard.press("Escape");
  await openTab(page, "Companies");
  await expect(rowOf(page, "Cullen Smokehouse")).toContainText("cullensmokehouse.example");
});
