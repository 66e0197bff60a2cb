import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import Papa from "papaparse";
import ws from "ws";
import type { Stack } from "../../local/src/stack.ts";
import type { Database } from "../../src/database.types.ts";
import type { ImportMapping } from "../../supabase/functions/_shared/contracts/imports.ts";
import { findSiteDirs, startSiteServer } from "../../tests/fixtures/site-server.ts";
import { startProduct } from "../product-stack.ts";

type Client = ReturnType<typeof connect>;

const EMAIL = "demo@aim.example";
const CAMPAIGN = "Sample companies";

/** How companies.csv is read, as the app's own import would store it. */
const MAPPING: ImportMapping = {
  version: 1,
  encoding: "utf-8",
  delimiter: ",",
  newline: "\n",
  header_rows: 1,
  columns: [
    { header: "name", target: "name" },
    { header: "website", target: "website" },
  ],
};

interface DemoOptions {
  port: number;
  dataDir: string;
  appDir: string;
  signal: AbortSignal;
  /** Those of `readSettings`. */
  settings: Record<string, string>;
  say: (line: string) => void;
}

/** The product with sample companies under research, whose websites are served on loopback: nothing leaves this machine. */
export async function startDemo({ say, settings, ...options }: DemoOptions): Promise<Stack> {
  const sites = await startSiteServer(await findSiteDirs(join(import.meta.dirname, "sites")));
  const { OUTBOUND_ALLOW_HOSTS: more } = settings;
  const allowed = [...(more ? [more] : []), `*.localhost=127.0.0.1:${sites.port}`];
  const stack = await startProduct({
    ...options,
    functionsEnv: { ...settings, OUTBOUND_ALLOW_HOSTS: allowed.join(",") },
  });
  const stop = async () => {
    await stack.stop();
    await sites.close();
  };
  try {
    const password = randomBytes(6).toString("hex");
    const { client, userId } = await signIn(stack, password);
    const campaignId = await openCampaign(client, userId, say);
    console.log(`\nReady: ${stack.url}/c/${campaignId}/companies`);
    console.log(`Sign in as ${EMAIL} with the password ${password}.   Ctrl-C stops it.`);
    return { ...stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Node 20 has no WebSocket; ws has what the client uses of one, its events are typed otherwise. */
const transport = ws as unknown as WebSocketLikeConstructor;

function connect(url: string, key: string) {
  return createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport },
  });
}

async function signIn(stack: Stack, password: string): Promise<{ client: Client; userId: string }> {
  const admin = connect(stack.url, stack.secretKey);
  const { data: known, error } = await admin.auth.admin.listUsers({ perPage: 1000 });
  if (error) throw error;
  const user = known.users.find((one) => one.email === EMAIL);
  const saved = user
    ? await admin.auth.admin.updateUserById(user.id, { password })
    : await admin.auth.admin.createUser({ email: EMAIL, password, email_confirm: true });
  if (saved.error) throw saved.error;
  const client = connect(stack.url, stack.publishableKey);
  const signedIn = await client.auth.signInWithPassword({ email: EMAIL, password });
  if (signedIn.error) throw signedIn.error;
  return { client, userId: signedIn.data.user.id };
}

/** The sample campaign, filled and put under research unless an earlier demo got that far. */
async function openCampaign(client: Client, userId: string, say: (line: string) => void): Promise<string> {
  const known = await client
    .from("campaigns")
    .select("id")
    .eq("name", CAMPAIGN)
    .limit(1)
    .maybeSingle()
    .throwOnError();
  const id = known.data?.id ?? (await makeCampaign(client, userId));
  const runs = await client.from("research_runs").select("id").eq("campaign_id", id).limit(1).throwOnError();
  if (runs.data.length > 0) return id;
  say("Importing the sample companies …");
  await importSamples(client, id);
  say("Starting research …");
  await client.rpc("start_research", { campaign_id: id }).throwOnError();
  return id;
}

async function makeCampaign(client: Client, userId: string): Promise<string> {
  const member = await client
    .from("workspace_members")
    .select("workspace_id")
    .eq("user_id", userId)
    .limit(1)
    .single()
    .throwOnError();
  const campaign = await client
    .from("campaigns")
    .insert({ workspace_id: member.data.workspace_id, name: CAMPAIGN })
    .select("id")
    .single()
    .throwOnError();
  return campaign.data.id;
}

async function importSamples(client: Client, campaignId: string): Promise<void> {
  const csv = await readFile(join(import.meta.dirname, "companies.csv"), "utf8");
  const { data: rows } = Papa.parse<{ name: string; website: string }>(csv, {
    header: true,
    skipEmptyLines: true,
  });
  const { data: started } = await client
    .rpc("start_import", {
      campaign_id: campaignId,
      kind: "companies",
      file_name: "companies.csv",
      file_size: csv.length,
      file_hash: "sample",
      mapping: MAPPING,
    })
    .throwOnError();
  // start_import gives { import: { id }, chunks_done }; the generated type only knows that it is JSON.
  const importId = (started as { import: { id: string } }).import.id;
  const numbered = rows.map((row, index) => ({ ...row, row: index + 1 }));
  await client.rpc("import_rows", { import_id: importId, chunk_index: 0, rows: numbered }).throwOnError();
  await client.rpc("finish_import", { import_id: importId, chunk_count: 1 }).throwOnError();
}
