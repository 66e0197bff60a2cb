import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import type { Database } from "../../src/database.types.ts";
import {
  type SendTestResult,
  saveSecretResult,
  sendTestResult,
} from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import { type WebhookRequest, webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { signWebhook } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import { importCompanies } from "./campaigns.ts";
import type { Sql } from "./database.ts";
import { type Client, openProduct, type Product } from "./product.ts";
import { until } from "./until.ts";
import { bodyOf } from "./webhook-receiver.ts";

type Tables = Database["public"]["Tables"];

export interface User {
  client: Client;
  workspaceId: string;
}

/** An integration whose address is a path of the bench's receiver. */
export interface Integration {
  id: string;
  /** Signs its messages. */
  secret: string;
  /** What arrived there. */
  requests: Received[];
}

export interface JobRow {
  id: string;
  stage: string;
  status: string;
  error_code: string | null;
  error_message: string | null;
  /** Seconds until it may be tried again. */
  waits: number;
}

/** What arrived at the receiver. */
interface Received {
  headers: IncomingMessage["headers"];
  body: string;
}

export type Answer = (received: Received, response: ServerResponse) => unknown;

/** Answers a body with 200 and JSON. */
export function answering(answer: (body: string) => unknown): Answer {
  return ({ body }, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer(body)));
  };
}

/** Answers each job of a request with this result. */
export const answeringEach = (result: object): Answer =>
  answering((body) => ({
    results: webhookRequest.parse(JSON.parse(body)).jobs.map(({ id }) => ({ id, ...result })),
  }));

/** Finds the same for every job. */
export const finding = answeringEach({ status: "done", data: { name: "Found", fund_size: "1M" } });

/** Takes jobs to call back later. */
export const accepting: Answer = (_, response) => {
  response.writeHead(202).end();
};

/** The product with a service outside it, on loopback, that takes webhooks as http://hooks.example. Shared by the tests of a file. */
export function integrationBench() {
  const answers = new Map<string, { answer: Answer; integration: Integration }>();
  const server = createServer(async (incoming, response) => {
    const known = answers.get(incoming.url ?? "");
    if (!known) {
      response.writeHead(404).end();
      return;
    }
    const received = { headers: incoming.headers, body: await bodyOf(incoming) };
    known.integration.requests.push(received);
    await known.answer(received, response);
  });
  let product: Product;
  let sql: Sql;
  let ann: User;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // a TCP server that listens has a port
    product = await openProduct({ siteRoots: [], allowHosts: [`hooks.example=127.0.0.1:${port}`] });
    sql = postgres(product.stack.dbUrl, { max: 2, onnotice: () => {} });
    ann = await product.signUp("ann");
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await sql?.end();
    await product?.close();
  });

  const bench = {
    get product() {
      return product;
    },
    get sql() {
      return sql;
    },
    get ann() {
      return ann;
    },

    /** Calls the function `integrations`. */
    async manage(body: object, user: User | null = ann): Promise<Response> {
      const session = await user?.client.auth.getSession();
      return fetch(`${product.stack.url}/functions/v1/integrations`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${session?.data.session?.access_token ?? ""}`,
        },
        body: JSON.stringify(body),
      });
    },

    /** Sends a made-up job to the integration, as its page does. Throws if that is refused. */
    async sendTest({ id }: { id: string }, stage = "company"): Promise<SendTestResult> {
      const response = await bench.manage({ action: "send_test", integration_id: id, stage });
      return sendTestResult.parse(await response.json());
    },

    /** An integration with a signing secret. */
    async addIntegration(
      answer: Answer,
      settings: Partial<Tables["integrations"]["Insert"]> = {},
      user = ann,
    ): Promise<Integration> {
      const path = `/${crypto.randomUUID()}`;
      const { data } = await user.client
        .from("integrations")
        .insert({
          workspace_id: user.workspaceId,
          kind: "n8n",
          name: "Hook",
          url: `http://hooks.example${path}`,
          ...settings,
        })
        .select("id")
        .single()
        .throwOnError();
      const saved = await bench.manage(
        { action: "save_secret", integration_id: data.id, purpose: "signing", secret: "generate" },
        user,
      );
      const { secret = "" } = saveSecretResult.parse(await saved.json());
      const integration = { id: data.id, secret, requests: [] };
      answers.set(path, { answer, integration });
      return integration;
    },

    /** Starts research of so many companies by the integration. Gives the run's id. */
    async start(
      integration: Pick<Integration, "id">,
      companies = 1,
      stages = ["company"] as const satisfies string[] as ("company" | "contacts")[],
    ): Promise<string> {
      const rows = Array.from({ length: companies }, (_, n) => ({
        name: `Company ${n}`,
        website: `https://c${n}.example`,
      }));
      const campaign_id = await importCompanies(ann.client, ann.workspaceId, rows);
      const providers = Object.fromEntries(stages.map((stage) => [stage, integration.id]));
      const { data } = await ann.client
        .rpc("start_research", { campaign_id, stages, options: { providers } })
        .throwOnError();
      return (data as { run: { id: string } }).run.id; // the generated type only knows that it is JSON
    },

    async jobs(runId: string): Promise<JobRow[]> {
      return sql<JobRow[]>`
        select id::text, stage, status, error_code, error_message, extract(epoch from run_after - now())::float8 as waits
        from public.research_jobs where run_id = ${runId} order by research_jobs.id`;
    },

    /** Waits until each job of the run is in one of these states. */
    async settled(runId: string, ...states: string[]): Promise<JobRow[]> {
      let jobs: JobRow[] = [];
      await until(`jobs are ${states}`, async () => {
        jobs = await bench.jobs(runId);
        return jobs.length > 0 && jobs.every((job) => states.includes(job.status));
      });
      return jobs;
    },

    async runStatus(runId: string): Promise<string> {
      const [run] = await sql`select status from public.research_runs where id = ${runId}`;
      return run?.status;
    },

    /** An integration that took jobs and is to call back: the request it had. */
    async handOut(companies: number, stages?: ("company" | "contacts")[]) {
      const integration = await bench.addIntegration(accepting);
      const runId = await bench.start(integration, companies, stages);
      await bench.settled(runId, "waiting");
      const request: WebhookRequest = webhookRequest.parse(JSON.parse(integration.requests[0]?.body ?? ""));
      return { integration, runId, request, url: request.callback_url };
    },

    /** Posts to a callback address, signed by the integration; `message` says what is different from a good one. */
    async callBack(
      url: string,
      body: unknown,
      secret: string,
      message: { id?: string; age?: number } = {},
    ): Promise<Response> {
      const text = JSON.stringify(body);
      const timestamp = Math.floor(Date.now() / 1000) - (message.age ?? 0);
      const signature = await signWebhook([secret], {
        id: message.id ?? crypto.randomUUID(),
        timestamp,
        body: text,
      });
      return fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...signature },
        body: text,
      });
    },

    /** Posts to a callback address with the token of a job. */
    callBackWithToken(url: string, body: unknown, token: string): Promise<Response> {
      return fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    },
  };
  return bench;
}

/** A status and a body, to be compared in one go. */
export async function answerOf(response: Response): Promise<{ status: number; body: unknown }> {
  return { status: response.status, body: await response.json() };
}
