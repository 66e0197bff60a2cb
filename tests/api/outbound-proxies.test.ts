import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { research } from "../support/campaigns.ts";
import { type ConnectProxy, PROXY_PASSWORD, startConnectProxy } from "../support/connect-proxy.ts";
import type { Sql } from "../support/database.ts";
import { openProduct, type Product } from "../support/product.ts";

const tlsFiles = join(import.meta.dirname, "../fixtures/tls");
/** The certificate is one for the first of them. */
const [SITE, TRAP, IMPOSTOR] = ["93.184.216.34", "93.184.216.35", "93.184.216.36"] as const;

const answer: RequestListener = ({ headers, url }, response) => {
  if (headers.host === TRAP && url === "/") {
    response.writeHead(302, { location: "http://127.0.0.1/" }).end();
  } else if (url === "/robots.txt") {
    response.writeHead(404).end();
  } else {
    response.setHeader("content-type", "text/html");
    response.end(`<title>Acme</title><meta name="description" content="Makes anvils at ${url}"><p>Hello</p>`);
  }
};

let sites: Server[];
let proxy: ConnectProxy;
let product: Product;
let sql: Sql;

beforeAll(async () => {
  const [key, cert] = await Promise.all(
    ["site-key.pem", "site.pem"].map((file) => readFile(join(tlsFiles, file))),
  );
  const plain = createServer(answer);
  const secure = https.createServer({ key, cert }, answer).on("tlsClientError", () => {}); // a visitor who saw through it
  sites = [plain, secure];
  const [http = 0, tls = 0] = await Promise.all(sites.map(listen));
  proxy = await startConnectProxy({
    [`${SITE}:80`]: http,
    [`${SITE}:443`]: tls,
    [`${TRAP}:80`]: http,
    [`${IMPOSTOR}:443`]: tls,
  });
  const dead = proxy.url.replace(/\d+$/, "1");
  product = await openProduct({
    siteRoots: [],
    functionsEnv: { OUTBOUND_PROXIES: `${dead},${proxy.url}`, DENO_CERT: join(tlsFiles, "authority.pem") },
  });
  sql = postgres(product.stack.dbUrl, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await product?.close();
  proxy?.close();
  for (const site of sites ?? []) site.close();
});

test("websites are read through the proxies of the installation, which are measured and rested", async () => {
  const { client, workspaceId } = await product.signUp("ann");
  const { data } = await client
    .from("campaigns")
    .insert({ workspace_id: workspaceId, name: "Campaign" })
    .select("id")
    .single()
    .throwOnError();
  const campaign = data.id;
  // An import would not take an address without a name.
  for (const [name, website] of [
    ["Plain", `http://${SITE}/plain`],
    ["Secure", `https://${SITE}/secure`],
    ["Trap", `http://${TRAP}/`],
    ["Impostor", `https://${IMPOSTOR}/`],
  ] as const) {
    await sql`insert into public.companies (workspace_id, campaign_id, name, website, dedupe_key)
      values (${workspaceId}, ${campaign}, ${name}, ${website}, ${name})`;
  }
  const run = await research(client, campaign);

  const { data: companies } = await client
    .from("companies")
    .select("name, description, research_status")
    .eq("campaign_id", campaign)
    .order("created_at")
    .throwOnError();
  expect(companies).toEqual([
    { name: "Plain", description: "Makes anvils at /plain", research_status: "completed" },
    { name: "Secure", description: "Makes anvils at /secure", research_status: "completed" },
    { name: "Trap", description: null, research_status: "failed" },
    { name: "Impostor", description: null, research_status: "failed" },
  ]);
  const failed = await sql`
    select error_code from public.research_jobs where run_id = ${run} and status = 'failed' order by id`;
  expect(failed.map((job) => job.error_code)).toEqual(["blocked_address", "tls_failed"]);
  expect(new Set(proxy.asked)).toEqual(
    new Set([`${SITE}:80`, `${SITE}:443`, `${TRAP}:80`, `${IMPOSTOR}:443`, `${IMPOSTOR}:80`]),
  );

  const known = await sql`
    select failures > 0 as fails, rests_until > now() - interval '1 minute' as rests, opened > 0 as opens, latency_ms is not null as is_measured
    from private.outbound_proxies order by 1`;
  expect(known).toEqual([
    { fails: false, rests: false, opens: true, is_measured: true },
    { fails: true, rests: true, opens: false, is_measured: false },
  ]);
  const log = await readFile(join(product.dataDir, "logs", "functions.log"), "utf8");
  expect(log).toContain("slice");
  const kept = await sql`select to_jsonb(j)::text as row from public.research_jobs j where j.run_id = ${run}
    union all select to_jsonb(a)::text from public.research_attempts a union all select to_jsonb(p)::text from private.outbound_proxies p`;
  for (const text of [log, JSON.stringify(kept)]) {
    expect(text).not.toContain(PROXY_PASSWORD);
    expect(text).not.toContain(encodeURIComponent(PROXY_PASSWORD));
  }
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // A TCP server that listens has a port.
}
