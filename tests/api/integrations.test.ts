import { describe, expect, test } from "vitest";
import {
  type SendTestResult,
  saveSecretResult,
  sendTestResult,
} from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import { webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import {
  newWebhookSecret,
  verifyWebhook,
} from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import {
  type Answer,
  accepting,
  answering,
  answerOf,
  type Integration,
  integrationBench,
} from "../support/integration-bench.ts";
import { readWorkflow, runWorkflow } from "../support/n8n-workflow.ts";
import { until } from "../support/until.ts";

const bench = integrationBench();

/** Answers each job of a request with this result. */
const each = (result: object) =>
  answering((body) => ({
    results: webhookRequest.parse(JSON.parse(body)).jobs.map(({ id }) => ({ id, ...result })),
  }));
const found = each({ status: "done", data: { name: "Found", fund_size: "1M" } });

async function sendTest({ id }: { id: string }, stage = "company"): Promise<SendTestResult> {
  const response = await bench.manage({ action: "send_test", integration_id: id, stage });
  expect(response.status).toBe(200);
  return sendTestResult.parse(await response.json());
}

const save = (
  integration: { id: string },
  purpose: "signing" | "header",
  secret: string | null,
  user = bench.ann,
) => bench.manage({ action: "save_secret", integration_id: integration.id, purpose, secret }, user);

/** Which of the secrets signed the integration's latest request. */
async function signedWith(integration: Integration, ...secrets: string[]): Promise<boolean[]> {
  const { headers = {}, body = "" } = integration.requests.at(-1) ?? {};
  const sent = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const checks = secrets.map((secret) => verifyWebhook([secret], sent, body, Date.now()));
  return (await Promise.all(checks)).map((one) => one.ok);
}

describe("secrets", () => {
  test("are made and told once; one that is replaced signs along for a day", async () => {
    const integration = await bench.addIntegration(found);
    const answer = await answerOf(await save(integration, "signing", "generate"));
    const { secret = "" } = saveSecretResult.parse(answer.body);
    expect(secret).toMatch(/^whsec_/);
    await sendTest(integration);
    expect(await signedWith(integration, secret, integration.secret, newWebhookSecret())).toEqual([
      true,
      true,
      false,
    ]);
    await bench.sql`update private.integration_secrets set previous_until = now() where integration_id = ${integration.id}`;
    await sendTest(integration);
    expect(await signedWith(integration, secret, integration.secret)).toEqual([true, false]);
    expect(await answerOf(await save(integration, "signing", null))).toEqual({ status: 200, body: {} });
    const unsigned = await sendTest(integration);
    expect(unsigned.delivery.request_headers).not.toHaveProperty("webhook-signature");
  });

  test("of a header are sent, and hidden in what is kept and shown", async () => {
    const echo: Answer = ({ headers }, response) =>
      response.writeHead(500).end(`not ${headers["x-clay-webhook-auth"]}`);
    const integration = await bench.addIntegration(echo, {
      kind: "clay",
      batch_size: 1,
      auth_header: "x-clay-webhook-auth",
    });
    expect(await answerOf(await save(integration, "header", " hidden-value "))).toEqual({
      status: 200,
      body: {},
    });
    const shown = await sendTest(integration);
    expect(integration.requests[0]?.headers["x-clay-webhook-auth"]).toBe("hidden-value");
    const row = JSON.parse(integration.requests[0]?.body ?? "");
    expect(row).toMatchObject({
      stage: "company",
      domain: "example.com",
      callback_url: expect.stringContaining(integration.id),
    });
    const kept =
      await bench.sql`select to_jsonb(d) as row from public.deliveries d where d.integration_id = ${integration.id}`;
    expect(shown.delivery.response_body).toBe("not [hidden]");
    const rest =
      await bench.sql`select to_jsonb(s) as row from private.integration_secrets s where s.integration_id = ${integration.id}`;
    for (const secret of ["hidden-value", row.token, integration.secret]) {
      expect(JSON.stringify([shown, kept, rest])).not.toContain(secret);
    }
  });

  test("of a header stay with the host they were saved for", async () => {
    const integration = await bench.addIntegration(found, { auth_header: "x-api-key" });
    await save(integration, "header", "hidden-value");
    const table = bench.ann.client.from("integrations");
    await sendTest(integration);
    expect(integration.requests[0]?.headers["x-api-key"]).toBe("hidden-value");
    const move = async (url: string) => {
      await table.update({ url }).eq("id", integration.id).throwOnError();
      const { data } = await table
        .select("header_secret_at, signing_secret_at")
        .eq("id", integration.id)
        .single()
        .throwOnError();
      expect(data.signing_secret_at).not.toBeNull();
      return data.header_secret_at !== null;
    };
    expect(await move("http://hooks.example/other?path=1")).toBe(true);
    expect(await move("http://hooks.example@evil.example/")).toBe(false);
    await save(integration, "header", "hidden-value");
    expect(await move("https://hooks.example\\@evil.example/")).toBe(false);
    expect(
      await bench.sql`select from private.integration_secrets where integration_id = ${integration.id} and purpose = 'header'`,
    ).toEqual([]);
  });

  test("that cannot be used are refused in words, and not repeated", async () => {
    const integration = await bench.addIntegration(found);
    for (const [purpose, secret] of [
      ["signing", "whsec_tooshort"],
      ["signing", "hunter2"],
      ["header", "two\nlines"],
    ] as const) {
      const answer = await answerOf(await save(integration, purpose, secret));
      expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad_secret" } } });
      expect(JSON.stringify(answer)).not.toContain(secret.slice(0, 7));
    }
    expect(await signedWith(integration, integration.secret)).toEqual([false]);
    await sendTest(integration);
    expect(await signedWith(integration, integration.secret)).toEqual([true]);
  });

  test("and tests are for admins of the workspace alone", async () => {
    const integration = await bench.addIntegration(found);
    const bob = await bench.product.signUp("bob");
    const test = { action: "send_test", integration_id: integration.id, stage: "company" };
    expect((await bench.manage(test, null)).status).toBe(401);
    expect(await answerOf(await bench.manage(test, bob))).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
    expect((await save(integration, "signing", null, bob)).status).toBe(404);
    await bench.sql`insert into public.workspace_members (workspace_id, user_id, role, email)
      select ${bench.ann.workspaceId}, u.id, 'member', u.email from auth.users u where u.email = ${bob.email}`;
    for (const response of [await bench.manage(test, bob), await save(integration, "header", "x", bob)]) {
      expect(await answerOf(response)).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    }
    expect((await bench.manage({ ...test, stage: "discover" })).status).toBe(400);
    expect((await bench.manage({ ...test, integration_id: crypto.randomUUID() })).status).toBe(404);
    expect(integration.requests).toEqual([]);
  });
});

describe("a test", () => {
  test("shows the request, the answer and what was understood, and stores nothing but the delivery", async () => {
    const integration = await bench.addIntegration(found);
    const shown = await sendTest(integration);
    const sent = webhookRequest.parse(JSON.parse(integration.requests[0]?.body ?? ""));
    expect(sent.jobs).toMatchObject([
      { stage: "company", subject: { name: "Example company", domain: "example.com" } },
    ]);
    expect(shown).toMatchObject({
      delivery: { status: 200, error_code: null, address: expect.stringMatching(/^hooks\.example\//) },
      understood: [
        {
          id: sent.jobs[0]?.id,
          kind: "done",
          result: { name: { value: "Found" }, custom: { fund_size: "1M" } },
        },
      ],
      notes: [],
    });
    const kept =
      await bench.sql`select batch_id, status, response_body from public.deliveries where integration_id = ${integration.id}`;
    expect(kept).toMatchObject([
      { batch_id: null, status: 200, response_body: shown.delivery.response_body },
    ]);
  });

  test("of a workflow that calls back is understood there, and not stored", async () => {
    const integration = await bench.addIntegration(accepting);
    expect((await sendTest(integration, "contacts")).understood).toMatchObject([{ kind: "accepted" }]);
    const sent = webhookRequest.parse(JSON.parse(integration.requests[0]?.body ?? ""));
    const [job] = sent.jobs;
    const good = { id: job?.id, status: "done", data: { contacts: [{ name: "Jane Doe" }] } };
    const bad = { id: job?.id, status: "done", data: { contacts: "Jane Doe" } };
    const byToken = await bench.callBackWithToken(sent.callback_url, good, job?.token ?? "");
    const signed = await bench.callBack(sent.callback_url, bad, integration.secret);
    expect(await answerOf(byToken)).toEqual({
      status: 200,
      body: {
        taken: 0,
        ignored: 1,
        is_repeat: false,
        notes: ['The result "done" of the test was understood; it is not stored.'],
      },
    });
    expect(await signed.json()).toMatchObject({
      notes: [expect.stringContaining("data.contacts must be a list, but is text")],
    });
  });

  test("that fails says why in words", async () => {
    const page: Answer = (_, response) => response.end("<html><body>Sign in</body></html>");
    const cases: [Integration, object][] = [
      [
        await bench.addIntegration(page),
        { kind: "failed", reason: expect.stringContaining("a web page that is not JSON") },
      ],
      [
        await bench.addIntegration(found, { url: "http://hooks.example/nowhere" }),
        { kind: "failed", reason: expect.stringContaining("no webhook at this address (404)") },
      ],
      [
        await bench.addIntegration(found, { url: "http://10.0.0.1/hook" }),
        { kind: "failed", reason: expect.stringContaining("OUTBOUND_ALLOW_HOSTS") },
      ],
      [
        await bench.addIntegration(each({ status: "done", data: { phones: [1] } })),
        { kind: "failed", reason: expect.stringContaining("data.phones[0] must be text") },
      ],
      [
        await bench.addIntegration(answering(() => ({ results: [] }))),
        { kind: "retry", reason: expect.stringContaining("no result for this job") },
      ],
    ];
    for (const [integration, understood] of cases) {
      expect(await sendTest(integration)).toMatchObject({ understood: [understood] });
    }
  });
});

describe("research by an integration", () => {
  test("is sent in batches and answered at once", async () => {
    const integration = await bench.addIntegration(found);
    const runId = await bench.start(integration, 12);
    await bench.settled(runId, "completed");
    expect(await bench.runStatus(runId)).toBe("completed");
    const sizes = integration.requests.map(({ body }) => webhookRequest.parse(JSON.parse(body)).jobs.length);
    expect(sizes.toSorted()).toEqual([10, 2]);
    const names = await bench.sql`
      select distinct c.research #>> '{name,value}' as name from public.companies c join public.research_runs r on r.campaign_id = c.campaign_id where r.id = ${runId}`;
    expect(names).toEqual([{ name: "Found" }]);
    const deliveries = await bench.ann.client
      .from("deliveries")
      .select("batch_id, status")
      .eq("integration_id", integration.id)
      .throwOnError();
    expect(deliveries.data).toEqual([
      { batch_id: expect.any(String), status: 200 },
      { batch_id: expect.any(String), status: 200 },
    ]);
  });

  test("waits as long as Retry-After says", async () => {
    const busy: Answer = (_, response) => response.writeHead(429, { "retry-after": "600" }).end();
    const integration = await bench.addIntegration(busy);
    const runId = await bench.start(integration, 2);
    await until("both were refused", async () =>
      (await bench.jobs(runId)).every((job) => job.status === "queued" && job.error_code === "throttled"),
    );
    for (const job of await bench.jobs(runId)) expect(job.waits).toBeGreaterThan(500);
    const [lane] =
      await bench.sql`select held_until > now() + interval '5 seconds' as is_held from public.lanes where integration_id = ${integration.id}`;
    expect(lane).toEqual({ is_held: true });
  });

  test("fails with a reason on job and delivery when the answer cannot be used, and the run ends", async () => {
    const page: Answer = (_, response) => response.end("<html></html>");
    const huge: Answer = (_, response) => {
      const piece = " ".repeat(1024 * 1024);
      const write = (left: number) => {
        if (left === 0 || response.destroyed) response.end();
        else response.write(piece, () => write(left - 1));
      };
      write(50);
    };
    const inward: Answer = (_, response) => response.writeHead(302, { location: "http://127.0.0.1/" }).end();
    const cases: [Integration, string][] = [
      [await bench.addIntegration(page), "not_json"],
      [await bench.addIntegration(huge), "too_large"],
      [await bench.addIntegration(inward), "redirected"],
      [await bench.addIntegration(found, { url: "http://169.254.169.254/latest" }), "blocked_address"],
    ];
    await Promise.all(
      cases.map(async ([integration, code]) => {
        const runId = await bench.start(integration);
        const [job] = await bench.settled(runId, "failed");
        expect(job).toMatchObject({ error_code: code, error_message: expect.stringMatching(/.{20,}/) });
        expect(await bench.runStatus(runId)).toBe("completed");
        const [delivery] =
          await bench.sql`select error_code, error_reason from public.deliveries where integration_id = ${integration.id}`;
        expect(delivery).toEqual({ error_code: code, error_reason: job?.error_message });
      }),
    );
  });
});

describe("the workflows that people import into n8n", () => {
  const fetchPage: typeof fetch = async (url, init) => {
    if (init?.method === "POST") return fetch(url, init);
    if (String(url).includes("c1.")) return new Response("gone", { status: 404 });
    return new Response(`<title> Robots &amp; Co </title><meta name="description" content="Makes robots.">`);
  };
  const expected = [
    { status: "completed" },
    {
      status: "failed",
      error_code: "provider_failed",
      error_message: "The website of Company 1 cannot be read.",
    },
  ];

  test("answer at once", async () => {
    const workflow = await readWorkflow("n8n-research.json");
    const integration: Integration = await bench.addIntegration(async (call, response) => {
      const answer = await runWorkflow(workflow, call, {
        env: { WEBHOOK_SECRET: integration.secret },
        fetchPage,
      });
      response.setHeader("content-type", "application/json").end(answer);
    });
    const runId = await bench.start(integration, 2);
    expect(await bench.settled(runId, "completed", "failed")).toMatchObject(expected);
    const [company] = await bench.sql`
      select research #>> '{description,value}' as description, research #>> '{description,source}' as source from public.companies
      where campaign_id = (select campaign_id from public.research_runs where id = ${runId}) order by created_at limit 1`;
    expect(company).toMatchObject({ description: "Makes robots.", source: "https://c0.example" });
    const shown = await sendTest(integration, "contacts");
    expect(shown.understood).toMatchObject([
      { kind: "failed", reason: "This workflow does not do the stage contacts." },
    ]);
  });

  test("hand results in later, each with its job's token", async () => {
    const workflow = await readWorkflow("n8n-research-callback.json");
    const integration: Integration = await bench.addIntegration((call, response) => {
      response.writeHead(202).end();
      return runWorkflow(workflow, call, { env: { WEBHOOK_SECRET: integration.secret }, fetchPage });
    });
    const runId = await bench.start(integration, 2);
    expect(await bench.settled(runId, "completed", "failed")).toMatchObject(expected);
    const events =
      await bench.sql`select taken, notes from public.events where integration_id = ${integration.id}`;
    expect(events).toEqual([
      { taken: 1, notes: [] },
      { taken: 1, notes: [] },
    ]);
  });
});
