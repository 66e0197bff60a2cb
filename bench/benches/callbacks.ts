/**
 * Results that come back faster than they usually do: 5,000 of them, ten in each signed message, from twenty connections at once to the real function, every tenth message twice. Senders do
 * what the contract says: after a 429 they wait for as long as it says and send the same again.
 */
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { saveSecretResult } from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import { type WebhookRequest, webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { signWebhook } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import { importCompanies } from "../../tests/support/campaigns.ts";
import { openProduct, type Product } from "../../tests/support/product.ts";
import { companyOf } from "../../tests/support/subjects.ts";
import { until } from "../../tests/support/until.ts";
import type { Bench } from "../bench.ts";
import { p95, rounded, timed } from "../measure.ts";

const RESULTS = 5_000;
const BATCH = 10;
const CONNECTIONS = 20;

const callbacks: Bench = async () => {
  const { receiver, handedOut, close } = await startReceiver();
  const product = await openProduct({ siteRoots: [], allowHosts: [`hooks.example=${receiver}`] });
  const sql = postgres(product.stack.dbUrl, { max: 2, prepare: false, onnotice: () => {} });
  try {
    const { campaign, run, secret } = await handOut(product);
    await until("all jobs are handed out", async () => handedOut.length * BATCH >= RESULTS, 300_000);
    await until("all answers are stored", async () => (await countJobs(sql, run, "waiting")) === RESULTS);
    const memory = watchMemory("research-callback");
    const sent = { messages: 0, tooMany: 0, times: [] as number[] };
    const ms = await timed(() => sendAll(handedOut, secret, sent));
    const [counts] = await sql`
      select (select sum(completed)::int from private.run_rates where run_id = ${run}) as completions,
        (select count(*)::int from public.portfolio_companies where campaign_id = ${campaign}) as investments,
        (select count(*)::int from private.count_drift()) as drift`;
    const effects = [Number(counts?.completions), Number(counts?.investments)];
    return {
      results_per_s: rounded(RESULTS / (ms / 1000)),
      messages: sent.messages,
      too_many: sent.tooMany,
      p95_ms: rounded(p95(sent.times)),
      lost: RESULTS - (await countJobs(sql, run, "completed")),
      doubled: effects.reduce((sum, effect) => sum + Math.max(0, effect - RESULTS), 0),
      drift: counts?.drift,
      memory_mb: await memory.stop(),
    };
  } finally {
    await sql.end();
    await product.close();
    close();
  }
};
export default callbacks;

/** Says "later" to everything, and keeps what it was to do. */
async function startReceiver() {
  const handedOut: WebhookRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    handedOut.push(webhookRequest.parse(JSON.parse(Buffer.concat(chunks).toString())));
    outgoing.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { receiver: `127.0.0.1:${port}`, handedOut, close };
}

/** Starts research of so many companies by an integration that calls back. */
async function handOut({ stack, signUp }: Product) {
  const { client, workspaceId } = await signUp("bench");
  const settings = { kind: "webhook" as const, url: "http://hooks.example/", batch_size: BATCH };
  const { data } = await client
    .from("integrations")
    .insert({ workspace_id: workspaceId, name: "Later", max_in_flight: 50, ...settings })
    .select("id")
    .single()
    .throwOnError();
  const session = await client.auth.getSession();
  const saved = await fetch(`${stack.url}/functions/v1/integrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${session.data.session?.access_token ?? ""}` },
    body: JSON.stringify({
      action: "save_secret",
      integration_id: data.id,
      purpose: "signing",
      secret: "generate",
    }),
  });
  const { secret = "" } = saveSecretResult.parse(await saved.json());
  const rows = Array.from({ length: RESULTS }, (_, n) => ({ name: `Company ${n}` }));
  const campaign = await importCompanies(client, workspaceId, rows);
  const started = await client
    .rpc("start_research", {
      campaign_id: campaign,
      stages: ["company"],
      options: { providers: { company: data.id } },
    })
    .throwOnError();
  const { run } = started.data as { run: { id: string } }; // the generated type only knows that it is JSON
  return { campaign, run: run.id, secret };
}

async function countJobs(sql: postgres.Sql, run: string, status: string): Promise<number> {
  const [row] =
    await sql`select count(*)::int as n from public.research_jobs where run_id = ${run} and status = ${status}::public.job_status`;
  return row?.n;
}

async function sendAll(
  requests: readonly WebhookRequest[],
  secret: string,
  sent: { messages: number; tooMany: number; times: number[] },
): Promise<void> {
  const messages = requests.entries();
  const connection = async () => {
    for (const [place, request] of messages) {
      const send = await messageOf(request, secret);
      for (let times = place % 10 === 0 ? 2 : 1; times > 0; times -= 1) {
        sent.messages += 1;
        let wait = 0;
        do {
          sent.times.push(await timed(async () => (wait = await send())));
          if (wait > 0) sent.tooMany += 1;
          await delay(wait * 1000);
        } while (wait > 0);
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

/** A message that can be sent again and again; each time gives the seconds to wait before it is tried again, 0 when it was taken. */
async function messageOf({ batch_id, callback_url, jobs }: WebhookRequest, secret: string) {
  const results = jobs.map((job) => ({
    id: job.id,
    status: "done",
    data: {
      description: `About ${companyOf(job).name}`,
      portfolio: [`Investment of ${companyOf(job).name}`],
    },
  }));
  const body = JSON.stringify({ batch_id, results });
  const id = crypto.randomUUID();
  return async (): Promise<number> => {
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = await signWebhook([secret], { id, timestamp, body });
    const headers = { "content-type": "application/json", ...signature };
    const response = await fetch(callback_url, { method: "POST", headers, body });
    const text = await response.text();
    if (response.status === 429) return Number(response.headers.get("retry-after"));
    if (!response.ok) throw new Error(`a callback was refused with ${response.status}: ${text}`);
    return 0;
  };
}

/** Resident memory of the function's process in MB, a quarter, a half and all of the time; null where /proc does not tell. */
function watchMemory(name: string) {
  let isOver = false;
  const seen: number[] = [];
  const look = async () => {
    while (!isOver) {
      const megabytes = await memoryOf(name);
      if (megabytes !== null) seen.push(megabytes);
      await delay(200);
    }
  };
  const looking = look();
  return {
    async stop() {
      isOver = true;
      await looking;
      const at = (share: number) => seen[Math.round((seen.length - 1) * share)];
      return seen.length === 0 ? null : { quarter: at(0.25), half: at(0.5), all: at(1) };
    },
  };
}

async function memoryOf(name: string): Promise<number | null> {
  const processes = await readdir("/proc").catch(() => []);
  for (const pid of processes.filter((one) => /^\d+$/.test(one))) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!command.includes(`/${name}/index.ts`)) continue;
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    if (!new RegExp(`^PPid:\\s+${process.pid}$`, "m").test(status)) continue; // another product's
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes) return Math.round(Number(kilobytes) / 1024);
  }
  return null;
}
