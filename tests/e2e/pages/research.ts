import { expect, type Page } from "@playwright/test";

/** Starts research of the whole campaign by its button; websites that other tests had read are read again. */
export async function startResearch(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start research" }).click();
  const dialog = page.getByRole("dialog", { name: "Start research" });
  await dialog.getByRole("checkbox", { name: "Ignore saved results" }).click();
  await dialog.getByRole("button", { name: "Start research" }).click();
  await expect(dialog).toBeHidden();
}
