import { AuthClient } from "@supabase/auth-js";
import { PostgrestClient } from "@supabase/postgrest-js";
import { RealtimeClient } from "@supabase/realtime-js";
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

/** The parts of supabase-js that the app uses, put together as it does: the whole would carry 10 KB of storage and functions. */
function create(url: string, publishableKey: string) {
  const base = url.replace(/\/*$/, "/");
  const auth = new AuthClient({
    url: `${base}auth/v1`,
    headers: { Authorization: `Bearer ${publishableKey}`, apikey: publishableKey },
    flowType: "pkce",
    storageKey: "aim-session",
  });
  const accessToken = async () => (await auth.getSession()).data.session?.access_token ?? publishableKey;
  const authorised: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("apikey", publishableKey);
    headers.set("Authorization", `Bearer ${await accessToken()}`);
    return fetch(input, { ...init, headers });
  };
  const realtime = new RealtimeClient(`${base.replace(/^http/, "ws")}realtime/v1`, {
    params: { apikey: publishableKey },
    accessToken,
    fetch: authorised,
  });
  // Channels that are joined are told of the new token; they ask `accessToken` for it.
  auth.onAuthStateChange((event) => {
    if (event === "SIGNED_IN" || event === "TOKEN_REFRESHED" || event === "SIGNED_OUT")
      void realtime.setAuth();
  });
  const rest = new PostgrestClient<Database>(`${base}rest/v1`, { fetch: authorised });
  return Object.assign(rest, { auth, realtime });
}
