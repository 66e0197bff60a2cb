import { importCompanies, importContacts } from "../support/campaigns.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { openTab } from "./pages/campaign.ts";
import { rowOf } from "./pages/list.ts";

test("a webhook is added, tested and used for research, and what was sent to it can be read", async ({
  quietPage: page,
  product,
  hooks,
}) => {
  const { client, workspaceId, email } = await product.signUp("integrator");
  const companies = [{ name: "Acme" }, { name: "Globex" }, { name: "Initech" }];
  const campaignId = await importCompanies(client, workspaceId, companies);
  await signIn(page, email);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

  await test.step("added with an address that can be one", async () => {
    await page.goto("/settings/integrations");
    await press("Add integration");
    const dialog = page.getByRole("dialog", { name: "Add an integration" });
    await dialog.getByRole("radio", { name: "Webhook" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Anvil desk");
    await dialog.getByRole("textbox", { name: "Address" }).fill("hooks.example/research");
    await dialog.getByRole("button", { name: "Add integration" }).click();
    await expect(dialog.getByText("This is not an address")).toBeVisible();
    await dialog.getByRole("textbox", { name: "Address" }).fill("http://hooks.example/research");
    await dialog.getByRole("button", { name: "Add integration" }).click();
    await expect(page.getByRole("heading", { name: "Anvil desk" })).toBeVisible();
  });

  await test.step("its signing secret is shown once, and it is tested", async () => {
    await page.getByRole("button", { name: "Save… Signing secret" }).click();
    await press("Generate a secret");
    await expect(page.getByRole("textbox", { name: "New signing secret" })).toHaveValue(/^whsec_/);
    await press("Done");
    await expect(page.getByText("Saved just now")).toBeVisible();
    await press("Send a test");
    await expect(page.getByText("It works: the answer was understood")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "What was understood" })).toHaveValue(
      /Makes anvils by hand/,
    );
    expect(hooks.requests.at(-1)?.signature).toMatch(/^v1,/);
  });

  await test.step("it costs what it says, and does a stage of a run", async () => {
    await page.getByRole("textbox", { name: "Cost of a job" }).fill("0.05");
    await press("Save settings");
    await expect(page.getByText("Settings saved")).toBeVisible();
    await page.goto(`/c/${campaignId}/companies`);
    await press("Start research");
    const dialog = page.getByRole("dialog", { name: "Start research" });
    await dialog.getByRole("combobox", { name: "Who does company" }).click();
    await page.getByRole("option", { name: "Anvil desk" }).click();
    await dialog.getByRole("checkbox", { name: "Contacts", exact: true }).click();
    await expect(dialog.getByText("Costs up to 0.15 for 3 companies")).toBeVisible();
    await dialog.getByRole("button", { name: "Start research" }).click();
    await expect(dialog).toBeHidden();
    await openTab(page, "Research");
    await expect(page.getByRole("heading", { name: "3 companies Done" })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Company by Anvil desk")).toBeVisible();
    await expect(page.getByText("3 done")).toBeVisible();
    await expect(page.getByText("0.15", { exact: true })).toBeVisible();
  });

  await test.step("a job shows its request and the response", async () => {
    await rowOf(page, "Globex").getByText("Company", { exact: true }).click();
    const job = page.getByRole("dialog", { name: "Globex" });
    await expect(job.getByText("Anvil desk has done it")).toBeVisible();
    await job.getByText("Request", { exact: true }).click();
    await expect(job.getByRole("textbox", { name: "Request body" })).toHaveValue(/"token": "\[hidden\]"/);
    await job.getByText("Response 200").click();
    await expect(job.getByRole("textbox", { name: "Response body" })).toHaveValue(/Makes anvils by hand/);
    await job.getByRole("button", { name: "Close" }).click();
  });

  await test.step("chosen jobs are researched again", async () => {
    await page.getByRole("checkbox", { name: "Select Globex, company" }).click();
    await page.getByRole("checkbox", { name: "Select Acme, company" }).click({ modifiers: ["Shift"] });
    await press("Research again (2)");
    await page
      .getByRole("alertdialog", { name: "Research 2 jobs again?" })
      .getByRole("button", { name: "Research again" })
      .click();
    await expect(page.getByText("2 jobs queued again")).toBeVisible();
    await expect(page.getByText("0.25", { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("heading", { name: "3 companies Done" })).toBeVisible();
  });

  await test.step("chosen contacts are enriched, they alone", async () => {
    const company = { name: "Acme" };
    await importContacts(client, campaignId, [
      { company, name: "Wile Coyote" },
      { company, name: "Road Runner" },
    ]);
    await page.goto(`/c/${campaignId}/contacts`);
    await page.getByRole("checkbox", { name: "Select Wile Coyote" }).click();
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Research" }).click();
    const dialog = page.getByRole("dialog", { name: "Start research" });
    await expect(dialog.getByText("1 contact you selected")).toBeVisible();
    await expect(dialog.getByRole("checkbox", { name: "Enrich contacts" })).toBeChecked();
    await expect(dialog.getByText("Costs up to 0.05 for 1 contact")).toBeVisible();
    await dialog.getByRole("button", { name: "Start research" }).click();
    await expect(page.getByText("Research of 1 contact has started")).toBeVisible();
    await expect(rowOf(page, "Wile Coyote").getByText("+1 555 0100")).toBeVisible({ timeout: 30_000 });
    await expect(rowOf(page, "Road Runner").getByText("+1 555 0100")).toBeHidden();
  });

  await test.step("a request is sent again from its delivery; what comes meanwhile is told and does not move the list", async () => {
    await page.goto("/settings/integrations/deliveries");
    const sent = page.getByRole("list", { name: "Deliveries" }).getByRole("listitem");
    await expect(sent).toHaveCount(4);
    await sent.nth(2).click();
    await press("Send again…");
    await page.getByRole("alertdialog").getByRole("button", { name: "Send again" }).click();
    await expect(page.getByText("Nothing changed: no job of it waits for this.")).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("button", { name: "1 new delivery" })).toBeVisible();
    await expect(sent).toHaveCount(4);
    await press("1 new delivery");
    await expect(sent).toHaveCount(5);
    await expect(sent.first()).toContainText("Anvil desk · sent again");
    const { data } = await client.from("integrations").select("id").single().throwOnError();
    await client.functions.invoke("integrations", {
      body: { action: "send_test", integration_id: data.id, stage: "company" },
    });
    await expect(page.getByRole("button", { name: "1 new delivery" })).toBeVisible();
    await expect(sent).toHaveCount(5);
    await press("1 new delivery");
    await expect(sent).toHaveCount(6);
  });

  await test.step("deliveries outlive the integration, and say whose they were", async () => {
    await page.goto("/settings/integrations");
    await page.getByRole("link", { name: /^Anvil desk/ }).click();
    await press("Delete integration…");
    await press("Delete integration");
    await expect(page.getByText("No integrations yet")).toBeVisible();
    await page.getByRole("link", { name: "Deliveries" }).click();
    const sent = page.getByRole("list", { name: "Deliveries" }).getByRole("listitem");
    await expect(sent).toHaveCount(6);
    await expect(sent.last()).toContainText("Anvil desk (deleted) · test");
    await page.getByRole("checkbox", { name: "Only failed ones" }).click();
    await expect(page.getByText("None of the last 30 days fits.")).toBeVisible();
  });
});
