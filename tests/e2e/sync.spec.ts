import type { WebhookJob } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { importCompanies, importContacts } from "../support/campaigns.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { openTab } from "./pages/campaign.ts";
import { listSummary, rowOf } from "./pages/list.ts";

const company = { name: "Acme", website: "https://acme.example" };
const WILE = {
  name: "Wile Coyote",
  first_name: "Wile",
  last_name: "Coyote",
  title: "CEO",
  email: "wile@acme.example",
  phone: "+1 555 0101",
  linkedin_url: "https://www.linkedin.com/in/wile",
};
const ROAD = { name: "Road Runner", email: "road@acme.example" };
const BUGS = { name: "Bugs Bunny", email: "bugs@acme.example" };
const SAM = { name: "Yosemite Sam", email: "sam@acme.example" };

const contactOf = (job: WebhookJob) => (job.stage === "sync" ? job.subject.contact.name : job.stage);

test("contacts are handed on to a CRM, each once and none who does not want to be contacted", async ({
  quietPage: page,
  product,
  hooks,
}) => {
  const { client, workspaceId, email } = await product.signUp("salesperson");
  const campaignId = await importCompanies(client, workspaceId, []);
  await importContacts(
    client,
    campaignId,
    [WILE, ROAD, SAM].map((contact) => ({ company, ...contact })),
  );
  await client.from("contacts").update({ do_not_contact: true }).eq("name", SAM.name).throwOnError();
  const added = await client
    .from("integrations")
    .insert({ workspace_id: workspaceId, kind: "n8n", name: "Our CRM", url: "http://hooks.example/crm" })
    .select("id")
    .single()
    .throwOnError();
  const secret = { purpose: "signing", secret: "generate", integration_id: added.data.id };
  await client.functions.invoke("integrations", { body: { action: "save_secret", ...secret } });
  const contacts = await client.from("contacts").select("id, name, company_id").throwOnError();
  /** What the CRM is to be sent of a contact. */
  const subjectOf = ({ name, ...known }: { name: string }) => {
    const contact = contacts.data.find((one) => one.name === name);
    const unknown = { first_name: null, last_name: null, title: null, phone: null, linkedin_url: null };
    return {
      company_id: contact?.company_id,
      name: company.name,
      domain: "acme.example",
      website: company.website,
      contact: { ...unknown, contact_id: contact?.id, name, ...known },
    };
  };
  const sentBefore = hooks.requests.length;
  const sent = () => hooks.requests.slice(sentBefore);
  await signIn(page, email);
  await page.goto(`/c/${campaignId}/contacts`);
  const dialog = page.getByRole("dialog", { name: "Start research" });

  await test.step("all of them are chosen, and handed on alone", async () => {
    await expect(listSummary(page, "contacts", "3 contacts")).toBeVisible();
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).click();
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Research" }).click();
    await dialog.getByRole("checkbox", { name: "Enrich contacts" }).click();
    await dialog.getByRole("checkbox", { name: "Sync" }).click();
    await expect(dialog.getByRole("combobox", { name: "Who does sync" })).toHaveText("Our CRM");
    await dialog.getByRole("button", { name: "Start research" }).click();
    await expect(page.getByText("Research of 2 of 3 contacts has started")).toBeVisible();
    await expect(page.getByText("The others were done already or are not to be contacted.")).toBeVisible();
  });

  await test.step("the run's page tells who was handed on", async () => {
    await openTab(page, "Research");
    await expect(page.getByRole("heading", { name: "2 contacts Done" })).toBeVisible();
    await expect(page.getByText("Sync by Our CRM")).toBeVisible();
    await expect(page.getByText("2 done")).toBeVisible();
    const jobs = page.getByRole("grid", { name: "Jobs" }).getByRole("rowheader");
    await expect(jobs).toHaveCount(2);
    for (const { name } of [WILE, ROAD]) await expect(jobs.filter({ hasText: name })).toBeVisible();
  });

  await test.step("the CRM has received each of them once, with all that is known", () => {
    const jobs = sent().flatMap(({ body }) => body.jobs);
    expect(jobs.map(({ stage }) => stage)).toEqual(["sync", "sync"]);
    const subjects = jobs.map(({ subject }) => subject);
    expect(subjects).toHaveLength(2);
    expect(subjects).toEqual(expect.arrayContaining([subjectOf(WILE), subjectOf(ROAD)]));
    for (const { signature } of sent()) expect(signature).toMatch(/^v1,/);
  });

  await test.step("what the CRM gave back is kept with the contact", async () => {
    await openTab(page, "Contacts");
    await rowOf(page, WILE.name).getByRole("rowheader").click();
    const panel = page.getByRole("dialog", { name: WILE.name });
    await expect(panel.getByText(`crm/${WILE.email}`)).toBeVisible();
    await panel.getByRole("button", { name: "Close" }).click();
  });

  await test.step("the next time only those who came since are handed on", async () => {
    await importContacts(client, campaignId, [{ company, ...BUGS }]);
    await page.getByRole("button", { name: "Start research" }).click();
    for (const stage of ["Company", "Contacts", "Sync"])
      await dialog.getByRole("checkbox", { name: stage, exact: true }).click();
    await expect(dialog.getByText("The contacts of this campaign not handed on yet")).toBeVisible();
    await dialog.getByRole("button", { name: "Start research" }).click();
    await expect(page.getByText("Research of 1 contact has started")).toBeVisible();
    await openTab(page, "Research");
    await expect(page.getByRole("heading", { name: "1 contact Done" })).toBeVisible();
    await expect(page.getByRole("link", { name: /Sync · took .* Done$/ })).toHaveCount(2);
    const names = sent().flatMap(({ body }) => body.jobs.map(contactOf));
    expect(names.toSorted()).toEqual([BUGS.name, ROAD.name, WILE.name]);
  });
});
