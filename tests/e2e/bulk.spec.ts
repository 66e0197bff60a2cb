import { importCompanies } from "../support/campaigns.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { listSummary, rowOf } from "./pages/list.ts";
import { watch } from "./pages/watch.ts";

const names = Array.from({ length: 60 }, (_, i) => `Company ${String(i).padStart(2, "0")}`);

test("all that match are tagged live, a view survives a reload, and an archived campaign is read until it is restored", async ({
  quietPage: page,
  product,
}) => {
  const { client, workspaceId, email } = await product.signUp("bulk");
  const companies = names.map((name) => ({ name }));
  const campaignId = await importCompanies(client, workspaceId, companies);
  await importCompanies(client, workspaceId, [{ name: "Company 07" }]);
  await signIn(page, email);
  await page.goto(`/c/${campaignId}/companies`);
  await expect(rowOf(page, "Company 00")).toBeVisible();

  await test.step("everything that matches gets a tag, and the rows show it without the list being read again", async () => {
    const seen = watch(page);
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).click();
    await page.getByRole("button", { name: "Select all 60 companies" }).click();
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Edit" }).click();
    await page.getByRole("menuitem", { name: "Add tags…" }).click();
    const dialog = page.getByRole("dialog", { name: "Add tags" });
    await dialog.getByRole("combobox", { name: "Tags" }).fill("hot");
    await dialog.getByRole("button", { name: "Add tags" }).click();
    await expect(page.getByText("Added tag “hot”")).toBeVisible();
    await expect(rowOf(page, "Company 00").getByText("hot")).toBeVisible();
    await expect(rowOf(page, "Company 10").getByText("hot")).toBeVisible();
    // Once for the dialog: how many they are by now.
    expect(seen.calls("list_companies")).toBe(1);
    await page.getByRole("button", { name: "Clear selection" }).click();
  });

  await test.step("picked rows are deleted after a question that says what goes", async () => {
    await page.getByRole("checkbox", { name: "Select Company 01" }).click();
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Edit" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Delete 1 company?" });
    await expect(dialog).toContainText("Their 0 contacts");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(rowOf(page, "Company 01")).toHaveCount(0);
    await expect(listSummary(page, "companies", "59 companies")).toBeVisible();
  });

  await test.step("a company's panel names the other campaigns it is in", async () => {
    await rowOf(page, "Company 07").getByRole("rowheader").click();
    const panel = page.getByRole("dialog", { name: "Company 07" });
    await expect(panel.getByRole("heading", { name: "In other campaigns" })).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("search and filters are kept as a view, and changes to it are marked", async () => {
    await page.getByLabel("Search companies").fill("Company 1");
    await expect(page).toHaveURL(/q=Company/);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Save as a new view…" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a new view" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("The tens");
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(page.getByRole("button", { name: "View: The tens", exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: "View: The tens", exact: true })).toBeVisible();
    await page.getByLabel("Search companies").fill("");
    const modified = page.getByRole("button", { name: "View: The tens, modified" });
    await expect(modified).toBeVisible();
    await modified.click();
    await page.getByRole("menuitem", { name: "Undo the changes" }).click();
    await expect(page).toHaveURL(/q=Company/);
    await expect(page.getByRole("button", { name: "View: The tens", exact: true })).toBeVisible();
  });

  await test.step("an archived campaign can be read and not changed, until it is restored", async () => {
    await page.getByRole("button", { name: /^Actions for/ }).click();
    await page.getByRole("menuitem", { name: "Archive…" }).click();
    await page
      .getByRole("alertdialog", { name: /^Archive/ })
      .getByRole("button", { name: "Archive campaign" })
      .click();
    await expect(page.getByText(`by ${email}`)).toBeVisible();
    await expect(rowOf(page, "Company 59")).toBeVisible();
    await expect(page.getByRole("grid", { name: "companies" }).getByRole("checkbox")).toHaveCount(0);
    await rowOf(page, "Company 59").getByRole("rowheader").click();
    const panel = page.getByRole("dialog", { name: "Company 59" });
    await expect(panel.getByText("Details")).toBeVisible();
    await expect(panel.getByRole("button", { name: /^Edit/ })).toHaveCount(0);
    await panel.getByRole("button", { name: "Close" }).click();
    await expect(panel).toBeHidden();
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByText("is back")).toBeVisible();
    await page.getByRole("checkbox", { name: "Select Company 10" }).click();
    await expect(page.getByRole("toolbar", { name: "Selection" })).toBeVisible();
  });
});
