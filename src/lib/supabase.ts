import { createClient } from "@supabase/supabase-js";
import type { Database } from "@/database.types";
import type { AppConfig } from "./config";

type Client = ReturnType<typeof create>;

let client: Client | undefined;

/** Makes the one client of this tab. Called once, by `main.tsx`, before anything is rendered. */
export function startSupabase({ url, publishableKey }: AppConfig): Client {
  client = create(url, publishableKey);
  return client;
}

/** The client. Queries, mutations and realtime use it; components use the queries. */
export function getSupabase(): Client {
  if (!client) throw new Error("The Supabase client was asked for before startSupabase ran.");
  return client;
}

function create(url: string, publishableKey: string) {
  return createClient<Database>(url, publishableKey, {
    auth: { flowType: "pkce", storageKey: "aim-session" },
  });
}
