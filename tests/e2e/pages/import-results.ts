import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Client, Product } from "../../support/product.ts";
import { signIn } from "./account.ts";
import { importFile, type UploadedFile } from "./imports.ts";

/** Someone who is signed in in the browser and, to look at results, outside of it. */
export interface Importer {
  page: Page;
  client: Client;
  workspaceId: string;
}

/** A file of tests/fixtures/csv. */
export const fixture = (name: string) => join(import.meta.dirname, "../../fixtures/csv", name);

/** Signs a new user in who is about to import files. */
export async function makeImporter(page: Page, product: Product): Promise<Importer> {
  const { client, workspaceId, email } = await product.signUp("importer");
  await signIn(page, email);
  return { page, client, workspaceId };
}

/** Makes a campaign and opens its companies. Returns its id. */
export async function openNewCampaign({ page, client, workspaceId }: Importer): Promise<string> {
  const campaign = await client
    .from("campaigns")
    .insert({ workspace_id: workspaceId, name: "Import" })
    .select("id")
    .single()
    .throwOnError();
  await page.goto(`/c/${campaign.data.id}/companies`);
  return campaign.data.id;
}

/** The companies of a campaign by name. */
export async function companiesOf(client: Client, campaignId: string) {
  const { data } = await client
    .from("companies")
    .select("name, domain, address, phone, email, custom")
    .eq("campaign_id", campaignId)
    .throwOnError();
  return new Map(data.map((company) => [company.name, company]));
}

/** The contacts of a campaign by name. */
export async function contactsOf(client: Client, campaignId: string) {
  const { data } = await client
    .from("contacts")
    .select("name, title, email, linkedin_url, custom, company:companies(name, domain)")
    .eq("campaign_id", campaignId)
    .throwOnError();
  return new Map(data.map((contact) => [contact.name, contact]));
}

/** Imports a file, as the app matches it, into a campaign of its own; its companies by name. */
export async function importAlone(importer: Importer, file: string | UploadedFile) {
  const campaignId = await openNewCampaign(importer);
  await importFile(importer.page, file);
  return companiesOf(importer.client, campaignId);
}
