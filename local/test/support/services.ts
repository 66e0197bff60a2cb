import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createClient, type SupabaseClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import WebSocket from "ws";
import { type StartAuthOptions, startAuth } from "../../src/auth/auth.ts";
import { mailboxApp } from "../../src/mailbox/mailbox.ts";
import { Outbox } from "../../src/mailbox/outbox.ts";
import { startRest } from "../../src/rest/rest.ts";
import { Tokens } from "../../src/tokens.ts";
import { startPostgres, type TestPostgres } from "./postgres.ts";

/** REST, Auth and the mailbox on one port over a Postgres of their own. */
export interface Services {
  url: string;
  postgres: TestPostgres;
  tokens: Tokens;
  outbox: Outbox;
  publishableKey: string;
  /** What the services reported: failures that no caller was told about. */
  reports: unknown[];
  /** A client with nobody signed in; with the secret key when asked for. */
  client: (options?: {
    secret?: boolean;
    pkce?: boolean;
    headers?: Record<string, string>;
  }) => SupabaseClient;
  /** A client with a new user signed in. */
  signedIn: (name: string) => Promise<{ client: SupabaseClient; id: string; email: string; token: string }>;
  /** A plain request with the publishable key. */
  request: (path: string, init?: RequestInit) => Promise<{ status: number; body: unknown; headers: Headers }>;
  stop: () => Promise<void>;
}

const maxBodyBytes = 2_000_000;
export const password = "correct horse";

export async function startServices(
  fixture?: string,
  auth: Partial<StartAuthOptions> = {},
): Promise<Services> {
  const postgres = await startPostgres(fixture);
  const app = new Hono();
  const server = serve({
    fetch: app.fetch,
    port: 0,
    hostname: "127.0.0.1",
    serverOptions: { maxHeaderSize: 65_536 },
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // of a TCP server that listens
  const url = `http://127.0.0.1:${port}`;
  const keys = { publishable: postgres.keys.publishableKey, secret: postgres.keys.secretKey };
  const tokens = await Tokens.create(postgres.keys.signingKey, `${url}/auth/v1`);
  const outbox = new Outbox();
  const reports: unknown[] = [];
  const report = (error: unknown) => void reports.push(error);
  const rest = await startRest({ connection: postgres.connection("authenticator"), keys, tokens, report });
  const authentication = await startAuth({
    connection: postgres.connection("supabase_auth_admin"),
    keys,
    tokens,
    sendMail: async (mail) => outbox.add(mail),
    report,
    publicUrl: url,
    siteUrl: url,
    limits: { requestsPerIp: 10_000, loginsPerEmail: 1000, mailsPerEmail: 1000 },
    ...auth,
  });
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.json({ message: "too large" }, 413) }));
  app.route("/rest/v1", rest.app);
  app.route("/auth/v1", authentication.app);
  app.route("/", mailboxApp(outbox));

  const client: Services["client"] = ({ secret = false, pkce = false, headers = {} } = {}) =>
    createClient(url, secret ? keys.secret : keys.publishable, {
      auth: {
        persistSession: pkce,
        storage: memoryStorage(),
        storageKey: "session",
        autoRefreshToken: false,
        flowType: pkce ? "pkce" : "implicit",
      },
      global: { headers },
      realtime: { transport: WebSocket as unknown as WebSocketLikeConstructor }, // its events are typed otherwise
    });
  return {
    url,
    postgres,
    tokens,
    outbox,
    publishableKey: keys.publishable,
    reports,
    client,
    async signedIn(name) {
      const own = client();
      const email = `${name}@shop.test`;
      const { data, error } = await own.auth.signUp({ email, password });
      if (!data.session) throw error ?? new Error("signing up gave no session");
      return { client: own, id: data.session.user.id, email, token: data.session.access_token };
    },
    async request(path, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has("apikey")) headers.set("apikey", keys.publishable);
      const response = await fetch(url + path, { redirect: "manual", ...init, headers });
      const text = await response.text();
      const json = response.headers.get("content-type")?.includes("json");
      return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
    },
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      await rest.close();
      await authentication.close();
      await postgres.stop();
    },
  };
}

/** What a browser would keep in localStorage. */
function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}
