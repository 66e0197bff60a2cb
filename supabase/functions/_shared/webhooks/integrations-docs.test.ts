/** Runs the examples of docs/integrations.md as a reader would. */
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { callbackResult } from "../contracts/integration-calls.ts";
import { readResults, type WebhookRequest, webhookRequest } from "../contracts/webhooks.ts";
import { parseAllowHosts } from "../outbound/policy.ts";
import { createClayProvider } from "../providers/clay.ts";
import type { JobOutcome, ProviderJob } from "../providers/provider.ts";
import { createWebhookProvider } from "../providers/webhook.ts";
import type { SignedBatch } from "../providers/webhook-batch.ts";
import type { Delivery } from "../providers/webhook-request.ts";
import { outcomeOf } from "./outcome.ts";
import { newWebhookSecret, signWebhook, verifyWebhook } from "./standard-webhooks.ts";

const page = await readFile(new URL("../../../../docs/integrations.md", import.meta.url), "utf8");
const recipe = await readFile(new URL("../../../../integrations/clay.md", import.meta.url), "utf8");
const APP = "https://app.example/integrations/1";
const secret = newWebhookSecret();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The code block whose fence names it. */
function example(name: string): string {
  const block = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/integrations.md has no example "${name}"`);
  return block;
}

/** What the example, a module, exports. */
const load = <T>(name: string): Promise<T> =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(example(name))}`);

interface Receiver {
  createReceiver(secret: string, research: (job: ProviderJob) => Promise<unknown>): Server;
  isSigned(headers: Record<string, string>, body: string, secret: string): boolean;
}

interface Callback {
  handIn(callbackUrl: string, results: unknown[], secret: string): Promise<void>;
}

/** What the results of an example mean for the jobs of the documented request. */
function outcomesOf(name: string, of = jobs): JobOutcome[] {
  const read = readResults(JSON.parse(example(name)));
  if (!read.ok) throw new Error(read.error);
  expect(read.notes).toEqual([]);
  return read.results.map((one, i) => outcomeOf({ stage: of[i]?.stage ?? "company", names: [] }, one, APP));
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // A TCP server that listens has a port.
}

const request = webhookRequest.parse(JSON.parse(example("request")));
const jobs = jobsOf(request);
const otherJobs = jobsOf(webhookRequest.parse(JSON.parse(example("other-jobs"))));

/** The jobs of a documented request as they are before it is sent. */
function jobsOf({ jobs: sent }: WebhookRequest): ProviderJob[] {
  return sent.map(({ token: _token, ...job }) =>
    job.stage === "discover"
      ? { ...job, attempt: 1, source: { url: job.subject.url, format: "json" } }
      : { ...job, attempt: 1 },
  );
}

/** The documented request, on its way to a service on loopback. */
function batchFor(port: number, deliveries: Delivery[] = [], id = request.batch_id): SignedBatch {
  return {
    id,
    endpoint: {
      url: "http://hook.example/",
      secretHeaders: {},
      policy: parseAllowHosts(`*.example=127.0.0.1:${port}`),
      timeoutMs: 5_000,
    },
    callbackUrl: request.callback_url,
    tokenFor: () => Promise.resolve("v1.k1.(...)"),
    source: APP,
    signingSecrets: [secret],
    record: (delivery) => deliveries.push(delivery),
  };
}

/** What a service on loopback is sent, word for word. */
async function received(send: (port: number) => Promise<unknown>) {
  const seen: { headers: Record<string, unknown>; body: string }[] = [];
  const answer: RequestListener = async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    seen.push({ headers: incoming.headers, body });
    response.end();
  };
  await send(await listen(createServer(answer)));
  const [first] = seen;
  if (!first) throw new Error("nothing was sent");
  return first;
}

describe("docs/integrations.md", () => {
  it("shows the request as it is sent", async () => {
    const { body } = await received((port) => createWebhookProvider(batchFor(port)).send(jobs));
    expect(JSON.parse(body)).toEqual(JSON.parse(example("request")));
  });

  it("shows how a service asks to be asked again, and what it is then sent", async () => {
    const [outcome] = outcomesOf("poll");
    expect(outcome).toEqual({ kind: "poll", afterMs: 30_000, state: { task: "t-81" } });
    const again = webhookRequest.parse(JSON.parse(example("poll-request")));
    const polled = jobs.slice(0, 1).map((job) => ({ ...job, state: { task: "t-81" } }));
    const { body } = await received((port) =>
      createWebhookProvider({ ...batchFor(port), id: again.batch_id }).send(polled),
    );
    expect(JSON.parse(body)).toEqual(again);
  });

  it("shows jobs about pages and contacts as they are sent, and flat for Clay", async () => {
    const documented = JSON.parse(example("other-jobs"));
    const { body } = await received((port) =>
      createWebhookProvider(batchFor(port, [], documented.batch_id)).send(otherJobs),
    );
    expect(JSON.parse(body)).toEqual(documented);
    const row = await received((port) => createClayProvider(batchFor(port)).send(otherJobs.slice(1, 2)));
    expect(JSON.parse(row.body)).toMatchObject({
      name: "Acme Capital",
      contact_id: "1c9a2f52-95e0-4a0e-8a35-3b6f0c3d7e11",
      contact_name: "Jane Doe",
      contact_linkedin_url: "https://www.linkedin.com/in/janedoe",
    });
  });

  it("shows results of pages and contacts that are understood without a note", () => {
    expect(outcomesOf("other-answer", otherJobs)).toEqual([
      {
        kind: "done",
        result: {
          stage: "discover",
          value: {
            companies: [
              { name: "Anvil Ltd", website: "https://anvil.example" },
              { domain: "rocket.example" },
            ],
            has_more: true,
          },
        },
      },
      {
        kind: "done",
        result: {
          stage: "enrich",
          value: {
            email: { value: "jane@acme.com", source: "https://acme.com/press" },
            phone: { value: "+1 555 0101", source: "https://acme.com/team" },
            custom: { assistant: "Max Roe" },
          },
        },
      },
      { kind: "done", result: { stage: "sync", value: { custom: { salesforce_id: "0035g00000XyZ12AAB" } } } },
    ]);
  });

  it("shows a row for Clay as it is sent", async () => {
    const { body } = await received((port) => createClayProvider(batchFor(port)).send(jobs.slice(0, 1)));
    expect(JSON.parse(body)).toEqual(JSON.parse(example("clay")));
  });

  it("has a receiver that works, and that lets nobody else in", async () => {
    const { createReceiver } = await load<Receiver>("receiver");
    const research = (job: ProviderJob) =>
      job.stage === "company"
        ? Promise.resolve({ name: "Found" })
        : Promise.reject(new Error("No team page"));
    const port = await listen(createReceiver(secret, research));
    const outcomes = await createWebhookProvider(batchFor(port)).send(jobs);
    expect(outcomes.get("4711")).toMatchObject({
      kind: "done",
      result: { value: { name: { value: "Found" } } },
    });
    expect(outcomes.get("4712")).toMatchObject({ kind: "failed", reason: "No team page" });

    const stranger = { ...batchFor(port), signingSecrets: [newWebhookSecret()] };
    const refused = await createWebhookProvider(stranger).send(jobs);
    expect(refused.get("4711")).toMatchObject({ kind: "failed", code: "http_401" });
    expect((await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: "{}" })).status).toBe(401);
  });

  it("has a receiver that understands both secrets of a rotation, and refuses old requests", async () => {
    const { isSigned } = await load<Receiver>("receiver");
    const now = Math.floor(Date.now() / 1000);
    const signed = (timestamp: number) =>
      signWebhook([newWebhookSecret(), secret], { id: "a", timestamp, body: "{}" });
    expect(isSigned(await signed(now), "{}", secret)).toBe(true);
    expect(isSigned(await signed(now - 301), "{}", secret)).toBe(false);
    expect(isSigned(await signed(now + 310), "{}", secret)).toBe(false);
  });

  it("has a check for n8n that passes our requests on, and no others", async () => {
    const { headers, body } = await received((port) => createWebhookProvider(batchFor(port)).send(jobs));
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor; // Its type is the same.
    const node = AsyncFunction("require", "$input", "$env", example("n8n"));
    const run = (text: string): Promise<unknown> =>
      node.call(
        { helpers: { getBinaryDataBuffer: () => Promise.resolve(Buffer.from(text)) } },
        createRequire(import.meta.url),
        { first: () => ({ json: { headers } }) },
        { WEBHOOK_SECRET: secret },
      );
    expect(await run(body)).toEqual([{ json: JSON.parse(body) }]);
    await expect(run(`${body} `)).rejects.toThrow("not from Aim for Leads");
  });

  it("has a way for n8n without secrets in its code", () => {
    const node = new Function("$input", example("n8n-header"));
    expect(node({ first: () => ({ json: { headers: {}, body: request } }) })).toEqual([{ json: request }]);
  });

  it("shows what a callback is answered, and a failure that Clay may hand in", () => {
    expect(callbackResult.parse(JSON.parse(example("callback-answer"))).notes).toHaveLength(1);
    const failure = readResults(JSON.parse(/```json clay-failed\n([\s\S]*?)```/.exec(recipe)?.[1] ?? ""));
    expect(failure).toMatchObject({ ok: true, results: [{ id: "4711", status: "failed" }], notes: [] });
  });

  it("has a formula for Clay that makes a result, whatever was found", () => {
    const formula = /```js clay-formula\n([\s\S]*?)```/.exec(recipe)?.[1] ?? "";
    const row: Record<string, unknown> = {
      job_id: "4711",
      website: "https://acme.com",
      Description: 'Makes "anvils"\n',
    };
    const filled = formula.replace(/\{\{(.*?)\}\}/g, (_, column: string) =>
      JSON.stringify(row[column] ?? null),
    );
    const read = readResults(JSON.parse(new Function(`return ${filled}`)()));
    if (!read.ok || !read.results[0]) throw new Error("the formula makes no result");
    expect(outcomeOf({ stage: "company", names: [] }, read.results[0], APP)).toMatchObject({
      kind: "done",
      result: { value: { description: { value: 'Makes "anvils"', source: "https://acme.com" } } },
    });
  });

  it("shows an answer and statuses that are understood without a note", () => {
    const answer = outcomesOf("answer");
    expect(answer[0]).toMatchObject({
      kind: "done",
      result: { value: { custom: { fund_size: "200M" }, portfolio: [{}, { domain: "rocket.com" }] } },
    });
    expect(answer[1]).toMatchObject({
      kind: "done",
      result: {
        value: {
          contacts: [{ name: "Jane Doe" }, { name: "Max Roe", source: APP, custom: { budget: "1M" } }],
        },
      },
    });
    expect(outcomesOf("statuses").map((one) => one.kind)).toEqual(["failed", "retry", "accepted"]);
  });

  it("quotes the reason that a wrong type is given", () => {
    expect(outcomesOf("wrong-type")).toMatchObject([{ reason: example("wrong-type-reason").trim() }]);
  });

  it("has a callback whose signature and results are accepted", async () => {
    const { handIn } = await load<Callback>("callback");
    const results = [{ id: "4711", status: "progress" }];
    const { headers, body } = await received((port) => handIn(`http://127.0.0.1:${port}/`, results, secret));
    const signed = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(await verifyWebhook([secret], signed, body, Date.now())).toMatchObject({ ok: true });
    expect(readResults(JSON.parse(body))).toEqual({ ok: true, results, notes: [] });
  });
});
