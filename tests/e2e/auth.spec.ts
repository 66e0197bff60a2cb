import type { Page } from "@playwright/test";
import postgres from "postgres";
import { PASSWORD, type Product } from "../support/product.ts";
import { expect, test } from "./fixtures.ts";
import { sendCredentials, signIn, signOut, signUp } from "./pages/account.ts";
import { createCampaign } from "./pages/campaign.ts";

const signInHeading = (page: Page) => page.getByRole("heading", { name: "Sign in" });

test("a new user signs up, gets a workspace of their own, signs out and in again", async ({
  quietPage: page,
}) => {
  const email = await signUp(page, "grace");
  await expect(page.getByRole("button", { name: /^Workspace:/ })).toContainText("grace-");
  await signOut(page);
  await signIn(page, email);
});

test("a wrong password or a taken address is told in words, and what was typed is kept", async ({ page }) => {
  const email = await signUp(page);
  await signOut(page);
  await sendCredentials(page, email, "not the password", "Sign in");
  await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong");
  await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(email);
  await page.getByRole("link", { name: "Create an account" }).click();
  await sendCredentials(page, email, PASSWORD, "Create account");
  await expect(page.getByRole("alert")).toContainText("There is an account with this e-mail");
});

test("a forgotten password is replaced by the link in the mail, which works once", async ({
  page,
  context,
}) => {
  const email = await signUp(page);
  await signOut(page);
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("Check your mail")).toBeVisible();

  const mailbox = await context.newPage();
  await mailbox.goto("/mailbox");
  const link = mailbox.getByRole("article").filter({ hasText: email }).getByRole("link");
  const address = (await link.getAttribute("href")) ?? "";
  await link.click();
  await expect(mailbox.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  const password = "a brand new password";
  await mailbox.getByLabel("New password", { exact: true }).fill(password);
  await mailbox.getByRole("button", { name: "Save password" }).click();
  await expect(mailbox.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
  await signOut(mailbox);

  await sendCredentials(mailbox, email, PASSWORD, "Sign in");
  await expect(mailbox.getByRole("alert")).toContainText("E-mail or password is wrong");
  await signIn(mailbox, email, password);
  await signOut(mailbox);
  await mailbox.goto(address);
  await expect(mailbox.getByRole("alert")).toContainText("expired or was used already");
  await expect(mailbox.getByRole("link", { name: "Ask for a new link" })).toBeVisible();
});

test("a page behind the sign-in asks for it and is there afterwards", async ({ page }) => {
  const email = await signUp(page);
  const id = await createCampaign(page, "Kept");
  const wanted = `/c/${id}/contacts?q=anna`;
  await signOut(page);
  await page.goto(wanted);
  await expect(signInHeading(page)).toBeVisible();
  await sendCredentials(page, email, PASSWORD, "Sign in");
  await expect(page.getByRole("heading", { name: "Kept", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole("textbox", { name: "Search contacts" })).toHaveValue("anna");
});

test("a link to elsewhere in the address is not followed after signing in", async ({ page }) => {
  const email = await signUp(page);
  await signOut(page);
  await page.goto(`/sign-in?next=${encodeURIComponent("//evil.example/x")}`);
  await sendCredentials(page, email, PASSWORD, "Sign in");
  await expect(page.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
});

test("a session that has ended says so, and signing in leads back to the same page", async ({
  page,
  product,
}) => {
  const email = await signUp(page);
  const id = await createCampaign(page, "Still here");
  await page.clock.install();
  await page.goto(`/c/${id}/imports`);
  await expect(page.getByRole("heading", { name: "No imports yet" })).toBeVisible();

  await endSessions(product, email);
  await page.clock.fastForward("01:00:00");
  await expect(page.getByText("Your session has ended")).toBeVisible();
  await sendCredentials(page, email, PASSWORD, "Sign in");
  await expect(page.getByRole("heading", { name: "No imports yet" })).toBeVisible();
  await expect(page).toHaveURL(`/c/${id}/imports`);
});

/** Ends a user's sessions as signing out elsewhere would. */
async function endSessions(product: Product, email: string): Promise<void> {
  const sql = postgres(product.stack.dbUrl, { max: 1 });
  await sql`delete from auth.sessions where user_id = (select id from auth.users where email = ${email})`;
  await sql.end();
}
