import type {
  ContactImportRow,
  ResearchOptions,
  ResearchStage,
} from "../../supabase/functions/_shared/contracts/index.ts";
import type { Client } from "./product.ts";
import { until } from "./until.ts";

/** A campaign with these companies in it; its id. */
export async function importCompanies(
  client: Client,
  workspaceId: string,
  companies: { name?: string; website?: string; custom?: Record<string, string> }[],
): Promise<string> {
  const campaign = await client
    .from("campaigns")
    .insert({ workspace_id: workspaceId, name: "Campaign" })
    .select("id")
    .single()
    .throwOnError();
  await importRows(client, campaign.data.id, "companies", companies);
  return campaign.data.id;
}

/** Adds contacts to a campaign, with their companies. */
export function importContacts(
  client: Client,
  campaignId: string,
  contacts: Omit<ContactImportRow, "row">[],
): Promise<void> {
  return importRows(client, campaignId, "contacts", contacts);
}

async function importRows(
  client: Client,
  campaign_id: string,
  kind: "companies" | "contacts",
  all: object[],
): Promise<void> {
  const file = {
    kind,
    file_name: `${kind}.csv`,
    file_size: 1,
    file_hash: campaign_id,
    mapping: {},
    total_rows: all.length,
  };
  const { data } = await client.rpc("start_import", { campaign_id, ...file }).throwOnError();
  // start_import gives { import: { id } }; the generated type only knows that it is JSON.
  const importId = (data as { import: { id: string } }).import.id;
  for (let start = 0; start < all.length; start += 1000) {
    const rows = all.slice(start, start + 1000).map((one, index) => ({ ...one, row: start + index + 1 }));
    await client.rpc("import_rows", { import_id: importId, chunk_index: start / 1000, rows }).throwOnError();
  }
  const chunk_count = Math.ceil(all.length / 1000);
  await client.rpc("finish_import", { import_id: importId, chunk_count }).throwOnError();
}

/** Starts research, of what it begins with by itself or as told, and waits for its end. */
export async function research(
  client: Client,
  campaignId: string,
  told: { stages?: ResearchStage[]; options?: ResearchOptions } = {},
): Promise<string> {
  const { data } = await client.rpc("start_research", { campaign_id: campaignId, ...told }).throwOnError();
  const runId = (data as { run: { id: string } }).run.id; // the generated type only knows that it is JSON
  await until("the run ends", async () => {
    const { data: run } = await client
      .from("research_runs")
      .select("status")
      .eq("id", runId)
      .single()
      .throwOnError();
    return run.status === "completed";
  });
  return runId;
}
