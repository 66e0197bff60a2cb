import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PASSWORD } from "../../support/product.ts";

/** Fills in the form of e-mail and password that is shown, and sends it with the button of this name. */
export async function sendCredentials(page: Page, email: string, password: string, button: string) {
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Makes an account and waits until its workspace is there. Returns its address. */
export async function signUp(page: Page, name = "ada"): Promise<string> {
  const email = `${name}-${randomUUID()}@users.example`;
  await page.goto("/sign-up");
  await sendCredentials(page, email, PASSWORD, "Create account");
  await expect(page.getByRole("heading", { name: "Start with a campaign" })).toBeVisible();
  return email;
}

/** Signs in; the page that was wanted, or the campaigns, comes next. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await sendCredentials(page, email, password, "Sign in");
  await expect(page.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
}

/** Signs out by the user's menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}
