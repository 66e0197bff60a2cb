import { describe, expect, test } from "vitest";
import { webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import {
  type Answer,
  accepting,
  answering,
  answeringEach,
  answerOf,
  finding,
  type Integration,
  integrationBench,
  type User,
} from "../support/integration-bench.ts";
import { until } from "../support/until.ts";

const bench = integrationBench();

/** Nothing is left in a bucket of an integration's tests or a user's previews, nor will be soon. */
const drain = (holder: string, bucket: string) => bench.sql`
  insert into private.rate_limits (holder, bucket, tokens, filled_at) values (${holder}, ${bucket}, 0, now() + interval '1 hour')
  on conflict (holder, bucket) do update set tokens = 0, filled_at = excluded.filled_at`;
const tokensOf = (holder: string) =>
  bench.sql`select bucket, tokens from private.rate_limits where holder = ${holder}`;
/** As if the last token had been taken so long ago that there is one again. */
const letPass = (holder: string) =>
  bench.sql`update private.rate_limits set filled_at = now() - interval '5 seconds' where holder = ${holder}`;
/** What is answered where five seconds have to pass, with what is said. */
async function expectWait(response: Response, message: string) {
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await answerOf(response)).toEqual({
    status: 429,
    body: { error: { code: "too_many", message, details: null } },
  });
}

describe("a test", () => {
  test("shows the request, the answer and what was understood, and stores nothing but the delivery", async () => {
    const integration = await bench.addIntegration(finding);
    const shown = await bench.sendTest(integration);
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
    expect((await bench.sendTest(integration, "contacts")).understood).toMatchObject([{ kind: "accepted" }]);
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
        await bench.addIntegration((_, response) => response.writeHead(503).end()),
        { kind: "retry", reason: "hooks.example takes no more requests for now (503)." },
      ],
      [
        await bench.addIntegration(finding, { url: "http://hooks.example/nowhere" }),
        { kind: "failed", reason: expect.stringContaining("no webhook at this address (404)") },
      ],
      [
        await bench.addIntegration(finding, { url: "http://10.0.0.1/hook" }),
        { kind: "failed", reason: expect.stringContaining("OUTBOUND_ALLOW_HOSTS") },
      ],
      [
        await bench.addIntegration(answeringEach({ status: "done", data: { phones: [1] } })),
        { kind: "failed", reason: expect.stringContaining("data.phones[0] must be text") },
      ],
      [
        await bench.addIntegration(answering(() => ({ results: [] }))),
        { kind: "retry", reason: expect.stringContaining("no result for this job") },
      ],
    ];
    for (const [integration, understood] of cases) {
      const shown = await bench.sendTest(integration);
      expect(shown).toMatchObject({ understood: [understood] });
      expect(shown.delivery.error_reason ?? "").not.toMatch(/again/);
    }
  });

  test("after too many is not sent, and it is said when the next one may be", async () => {
    const integration = await bench.addIntegration(finding);
    const send = (user = bench.ann) =>
      bench.manage({ action: "send_test", integration_id: integration.id, stage: "company" }, user);
    await bench.sendTest(integration);
    expect(await tokensOf(integration.id)).toEqual([{ bucket: "tests", tokens: 9 }]);
    await drain(integration.id, "tests");
    const message =
      "This integration was tested 10 times in a short time. Wait 5 seconds, then send another test. Nothing was sent.";
    await expectWait(await send(), message);
    expect(integration.requests).toHaveLength(1);
    const kept = await bench.sql`select from public.deliveries where integration_id = ${integration.id}`;
    expect(kept).toHaveLength(1);
    await letPass(integration.id);
    expect((await send()).status).toBe(200);
    expect(integration.requests).toHaveLength(2);
  });

  test("by somebody who may not send it takes nothing from those who may, nor tells how many they sent", async () => {
    const integration = await bench.addIntegration(finding);
    const bob = await bench.product.signUp("bob");
    const send = async (user: User | null) =>
      answerOf(
        await bench.manage({ action: "send_test", integration_id: integration.id, stage: "company" }, user),
      );
    const asked = [await send(bob), await send(null)];
    expect(asked).toMatchObject([{ status: 404 }, { status: 401 }]);
    expect(await tokensOf(integration.id)).toEqual([]);
    await drain(integration.id, "tests");
    expect([await send(bob), await send(null)]).toEqual(asked);
    expect(integration.requests).toEqual([]);
  });
});

describe("research by an integration", () => {
  test("is sent in batches and answered at once", async () => {
    const integration = await bench.addIntegration(finding);
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
      [await bench.addIntegration(finding, { url: "http://169.254.169.254/latest" }), "blocked_address"],
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

describe("a source that is tried", () => {
  const members = Array.from(
    { length: 7 },
    (_, n) => `<li><h3>Member ${n}</h3><a href="http://m${n}.example">Site</a></li>`,
  );
  const page: Answer = (_, response) =>
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<ul>${members.join("")}</ul><a rel="next" href="?page=2">Next</a>`);
  const source = { format: "html", items: "li", name: "h3", website: "a", next: "a[rel=next]" };
  const preview = async (url: string, user: User | null = bench.ann) =>
    answerOf(
      await bench.manage(
        { action: "preview_source", workspace_id: bench.ann.workspaceId, source: { ...source, url } },
        user,
      ),
    );
  const idOf = async ({ client }: User) => (await client.auth.getSession()).data.session?.user.id ?? "";
  const addressOf = async ({ id }: Integration): Promise<string> => {
    const [row] = await bench.sql`select url from public.integrations where id = ${id}`;
    return row?.url;
  };

  test("shows the first companies of its first page to who may start research", async () => {
    const url = await addressOf(await bench.addIntegration(page));
    expect(await preview(url)).toEqual({
      status: 200,
      body: {
        total: 7,
        companies: [0, 1, 2, 3, 4].map((n) => ({ name: `Member ${n}`, website: `http://m${n}.example/` })),
        next_url: `${url}?page=2`,
      },
    });
    const bob = await bench.product.signUp("bob");
    expect(await preview(url, bob)).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    expect(await tokensOf(await idOf(bob))).toEqual([]);
    expect(await preview(url, null)).toMatchObject({ status: 401 });
  });

  test("after too many is not read, and it is said when the next one may be; those of others are", async () => {
    const carol = await bench.product.signUp("carol");
    const id = await idOf(carol);
    const integration = await bench.addIntegration(page);
    const url = await addressOf(integration);
    const tryIt = (user: User) =>
      bench.manage(
        { action: "preview_source", workspace_id: user.workspaceId, source: { ...source, url } },
        user,
      );
    expect((await tryIt(carol)).status).toBe(200);
    expect(await tokensOf(id)).toEqual([{ bucket: "previews", tokens: 9 }]);
    await drain(id, "previews");
    const read = integration.requests.length;
    const message =
      "You tried 10 pages in a short time. Wait 5 seconds, then try this one again. Nothing was read.";
    await expectWait(await tryIt(carol), message);
    expect(integration.requests).toHaveLength(read);
    expect((await tryIt(bench.ann)).status).toBe(200);
    await letPass(id);
    expect((await tryIt(carol)).status).toBe(200);
  });

  test("says why it cannot be read, and leads to no private address", async () => {
    const refused = async (url: string) => (await preview(url)).body;
    const gone: Answer = (_, response) => response.writeHead(404).end();
    expect(await refused(await addressOf(await bench.addIntegration(gone)))).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await refused("http://169.254.169.254/latest")).toMatchObject({
      error: { code: "blocked_address" },
    });
    expect(await refused("ftp://hooks.example/")).toMatchObject({ error: { code: "bad_request" } });
  });
});
