import { expect, type Page } from "@playwright/test";

/** Makes a campaign by the button of the campaigns page and lands in it. Returns its id. */
export async function createCampaign(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "New campaign" }).last().click();
  const dialog = page.getByRole("dialog", { name: "New campaign" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Create campaign" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  const id = /\/c\/([0-9a-f-]{36})\/companies$/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`${page.url()} is not a new campaign's page`);
  return id;
}

/** Goes to a tab of the campaign that is open, and waits until its page has taken the other's place. */
export async function openTab(page: Page, tab: "Companies" | "Contacts" | "Research" | "Imports") {
  const link = page
    .getByRole("navigation", { name: "Campaign", exact: true })
    .getByRole("link", { name: tab });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
}
