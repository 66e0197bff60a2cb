import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import ws from "ws";
import type { Stack } from "../../local/src/stack.ts";
import { startProduct } from "../../scripts/product-stack.ts";
import type { Database } from "../../src/database.types.ts";
import { findSiteDirs, type SiteServer, startSiteServer } from "../fixtures/site-server.ts";

export type Client = ReturnType<typeof connect>;

/** The password of every user in the tests. */
export const PASSWORD = "correct horse battery";

/** The whole product on a free port in a temporary directory, with fixture websites it can research. */
export interface Product {
  stack: Stack;
  sites: SiteServer;
  dataDir: string;
  /** A new user, signed in; the password is `PASSWORD`. */
  signUp(name: string): Promise<{ client: Client; workspaceId: string; email: string }>;
  /** A client of a user who exists. */
  signIn(email: string): Promise<Client>;
  close(): Promise<void>;
}

/** Node 20 has no WebSocket; ws has what the client uses of one, its events are typed otherwise. */
const transport = ws as unknown as WebSocketLikeConstructor;

export function connect(url: string, key: string) {
  return createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport },
  });
}

/** Starts the product; `siteRoots` are folders of fixture sites, whose hosts lead to loopback. */
export async function openProduct({
  siteRoots,
  appDir,
  allowHosts = [],
  functionsEnv = {},
}: {
  siteRoots: string[];
  appDir?: string;
  /** Entries of OUTBOUND_ALLOW_HOSTS that come before those of the fixture sites. */
  allowHosts?: string[];
  /** Further settings of the functions. */
  functionsEnv?: Record<string, string>;
}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), "aim-product-"));
  const dirs = await Promise.all(siteRoots.map(findSiteDirs));
  const sites = await startSiteServer(dirs.flat());
  const allowed = ["*.localhost", "*.example", "*.test"].map((host) => `${host}=127.0.0.1:${sites.port}`);
  const stack = await startProduct({
    port: 0,
    dataDir,
    ...(appDir ? { appDir } : {}),
    functionsEnv: { ...functionsEnv, OUTBOUND_ALLOW_HOSTS: [...allowHosts, ...allowed].join(",") },
    authLimits: { requestsPerIp: 10_000, loginsPerEmail: 10_000, mailsPerEmail: 10_000 },
  });
  return {
    stack,
    sites,
    dataDir,
    async signUp(name) {
      const client = connect(stack.url, stack.publishableKey);
      const email = `${name}-${Date.now()}@users.example`;
      const { error } = await client.auth.signUp({ email, password: PASSWORD });
      if (error) throw error;
      const { data } = await client.from("workspaces").select("id").single().throwOnError();
      return { client, workspaceId: data.id, email };
    },
    async signIn(email) {
      const client = connect(stack.url, stack.publishableKey);
      const { error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
      if (error) throw error;
      return client;
    },
    async close() {
      await stack.stop();
      await sites.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
