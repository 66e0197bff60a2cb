/** Workspaces that research by an integration of their own, on a receiver on loopback, and the product's dispatcher at work on them. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { webhookRequest } from "../supabase/functions/_shared/contracts/webhooks.ts";
import { connect } from "../supabase/functions/_shared/db.ts";
import { Bell } from "../supabase/functions/_shared/engine/bell.ts";
import { postgresQueue } from "../supabase/functions/_shared/engine/queue.ts";
import { runSlice, SLICE_LIMITS } from "../supabase/functions/_shared/engine/slice.ts";
import { parseKeyRing } from "../supabase/functions/_shared/integrations/key-ring.ts";
import { parseAllowHosts } from "../supabase/functions/_shared/outbound/policy.ts";
import { integrationSender } from "../supabase/functions/_shared/providers/integration-sender.ts";
import type { BenchDatabase } from "./database.ts";

export interface Tenant {
  workspace: string;
  campaign: string;
  integration: string;
  run: string;
}

/** Workspace number `n` with a campaign and an integration at `url`, whose run covers whatever `addJobs` adds. */
export async function makeTenant(
  database: BenchDatabase,
  n: number,
  url: string,
  settings: object = {},
): Promise<Tenant> {
  const { sql } = database;
  const [workspace] = await sql`insert into public.workspaces (name) values (${`Tenant ${n}`}) returning id`;
  const [campaign] =
    await sql`insert into public.campaigns (workspace_id, name) values (${workspace?.id}, 'Bench') returning id`;
  const row = {
    workspace_id: workspace?.id,
    kind: "webhook",
    name: "Bench",
    url,
    timeout_seconds: 60,
    ...settings,
  };
  const [integration] = await sql`insert into public.integrations ${sql(row)} returning id`;
  const [run] = await sql`
    insert into public.research_runs (workspace_id, campaign_id, stages, lanes, is_fed)
    select ${workspace?.id}, ${campaign?.id}, '{company}', private.choose_lanes(${workspace?.id}, '{company}', jsonb_build_object('company', ${integration?.id}::text)), true
    returning id`;
  await sql`select private.open_lanes(${run?.id})`;
  const tenant = {
    workspace: workspace?.id,
    campaign: campaign?.id,
    integration: integration?.id,
    run: run?.id,
  };
  await addJobs(database, tenant, 1, "1 day"); // one that stays, so that the run does not end
  return tenant;
}

/** Adds so many companies to the tenant's campaign, each with a job that is ready, or will be. */
export async function addJobs(
  { sql }: BenchDatabase,
  tenant: Tenant,
  jobs: number,
  wait = "0",
): Promise<void> {
  await sql`
    with added as (
      insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
      select ${tenant.workspace}, ${tenant.campaign}, 'Company ' || n, gen_random_uuid()::text from generate_series(1, ${jobs}::int) as n returning id
    ),
    made as (
      insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage, run_after)
      select ${tenant.workspace}, ${tenant.run}, ${tenant.campaign}, id, 'company', now() + ${wait}::interval from added returning id, run_id, run_after
    )
    insert into private.queue (run_id, lane_id, ready_at, job_id)
    select m.run_id, (r.lanes ->> 'company')::uuid, m.run_after, m.id from made m join public.research_runs r on r.id = ${tenant.run}`;
}

/** A receiver that answers each request with results after `serve` has resolved, or refuses it with 429 if that gives false. */
export async function startReceiver(serve: (path: string) => Promise<boolean>) {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { jobs } = webhookRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
    if (!(await serve(incoming.url ?? ""))) {
      outgoing.writeHead(429).end();
      return;
    }
    outgoing.setHeader("content-type", "application/json");
    outgoing.end(JSON.stringify({ results: jobs.map(({ id }) => ({ id, status: "done", data: {} })) }));
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.socket.destroy()); // the bench has ended meanwhile
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  return {
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Dispatchers as hosted runs them, so many slices at once in a worker, rung by `ring`, until `stop`. */
export function startDispatchers(url: string, slices: number) {
  const db = connect(url, 2 * slices);
  const queue = postgresQueue(db);
  const settings = {
    policy: parseAllowHosts("127.0.0.1"),
    ring: parseKeyRing(`k1:${Buffer.alloc(32, 7).toString("base64")}`),
    publicUrl: "http://127.0.0.1:9",
    appUrl: null,
  };
  const senders = [integrationSender(settings)];
  const bell = new Bell();
  let isOver = false;
  // The CPU of an edge worker is its own; here all share one process.
  const limits = { ...SLICE_LIMITS, cpuMs: Number.POSITIVE_INFINITY };
  const usage = { cpuMs: () => 0, memoryBytes: () => 0 };
  const loop = async () => {
    const running: Promise<unknown>[] = [];
    while (!isOver) {
      // The next one begins when this one claims no more, as it rings for it.
      await new Promise<void>((claimsAreOver, fail) => {
        const slice = runSlice({ queue, senders, bell, onClaimsOver: claimsAreOver, limits, usage });
        slice.then(() => claimsAreOver(), fail);
        running.push(slice);
      });
      await Promise.race([bell.rung(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    }
    await Promise.all(running);
  };
  const loops = Promise.all(Array.from({ length: slices }, loop));
  return {
    ring: () => bell.ring(),
    /** Nothing more is begun; what is under way ends. */
    async stop() {
      isOver = true;
      bell.ring();
      await loops;
      await db.end();
    },
  };
}
