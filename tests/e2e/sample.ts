import { importCompanies, research } from "../support/campaigns.ts";
import type { Product } from "../support/product.ts";
import { demoCompanies } from "./demo-companies.ts";

/** A user with a researched campaign. */
export interface Sample {
  email: string;
  campaignId: string;
}

/** Makes a user with a campaign of the demo companies and researches it. */
export async function makeSample(product: Product): Promise<Sample> {
  const { client, workspaceId, email } = await product.signUp("sample");
  await client.from("workspaces").update({ name: "Harbour Partners" }).eq("id", workspaceId).throwOnError();
  const campaignId = await importCompanies(client, workspaceId, await demoCompanies());
  await client
    .from("campaigns")
    .update({ name: "Climate and industry, spring", description: "Start-ups and the funds behind them" })
    .eq("id", campaignId)
    .throwOnError();
  await research(client, campaignId);
  return { email, campaignId };
}
