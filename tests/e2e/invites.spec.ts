import { PASSWORD } from "../support/product.ts";
import { expect, test } from "./fixtures.ts";
import { sendCredentials, signUp } from "./pages/account.ts";
import { createCampaign } from "./pages/campaign.ts";

test("somebody invited by mail joins, sees an app that only shows, and hears of being removed", async ({
  quietPage: page,
  browser,
  baseURL,
}) => {
  const owner = await signUp(page, "ann");
  const campaignId = await createCampaign(page, "Shared");
  const guest = `guest-${Date.now()}@users.example`;
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill(guest);
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Send invite" }).click();
  const waiting = page.getByRole("list", { name: "Waiting for an answer" });
  await expect(waiting).toContainText(guest);

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const theirs = await context.newPage();
  await theirs.goto("/mailbox");
  await theirs.getByRole("article").filter({ hasText: guest }).getByRole("link").click();
  await expect(theirs.getByRole("heading", { name: "Join ann" })).toBeVisible();
  await expect(theirs.getByText(`${owner} invites you as viewer`)).toBeVisible();
  await theirs.getByLabel("Choose a password", { exact: true }).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByRole("button", { name: /^Workspace:/ })).toContainText("View only");

  const members = page.getByRole("list", { name: "Members" });
  await expect(members).toContainText(guest);
  await expect(waiting).toBeHidden();

  await theirs.getByRole("main").getByRole("link", { name: "Shared" }).click();
  await expect(theirs.getByRole("heading", { name: "Shared", level: 1 })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Export" })).toBeVisible();
  for (const name of ["Import", "Start research", /^Actions for/, "New campaign"])
    await expect(theirs.getByRole("button", { name })).toHaveCount(0);
  await theirs.goto("/settings/members");
  await expect(theirs.getByText("Owners and admins invite people")).toBeVisible();

  await page.getByRole("button", { name: `Actions for ${guest}` }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(members).not.toContainText(guest);
  await expect(theirs.getByText("You are no longer in ann")).toBeVisible();
  await expect(theirs.getByRole("button", { name: /^Workspace:/ })).toContainText("guest-");
  await theirs.goto(`/c/${campaignId}/companies`);
  await expect(theirs.getByRole("heading", { name: "Shared" })).toHaveCount(0);

  await context.clearCookies();
  await theirs.evaluate(() => localStorage.clear());
  await theirs.goto("/sign-in");
  await sendCredentials(theirs, guest, PASSWORD, "Sign in");
  await expect(theirs.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
  await context.close();
});
