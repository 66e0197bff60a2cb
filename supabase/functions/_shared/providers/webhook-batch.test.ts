import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { bodyOf, jobs, PAGE, receiver, secret } from "../../../../tests/support/webhook-receiver.ts";
import { webhookRequest } from "../contracts/webhooks.ts";
import { PUBLIC_ONLY } from "../outbound/policy.ts";
import { verifyWebhook } from "../webhooks/standard-webhooks.ts";
import { createN8nProvider } from "./n8n.ts";
import { createWebhookProvider } from "./webhook.ts";

/** Sends the three jobs to a webhook that answers like this. */
async function answered(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const { batch, send } = await receiver((_request, response) =>
    response.writeHead(status, headers).end(text),
  );
  return await send(createWebhookProvider(batch));
}

const done = (id: string) => ({ id, status: "done", data: { name: `Found ${id}` } });

describe("a batch for a webhook", () => {
  it("is one signed request that says what to research and where results can go", async () => {
    const seen: { headers: Headers; body: string }[] = [];
    const { batch, send } = await receiver(async (incoming, response) => {
      const headers = new Headers(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      );
      seen.push({ headers, body: await bodyOf(incoming) });
      response.end(JSON.stringify({ results: [] }));
    });
    await send(createN8nProvider(batch));
    expect(seen).toHaveLength(1);
    const [{ headers, body } = { headers: new Headers(), body: "" }] = seen;
    const verified = await verifyWebhook([secret], headers, body, Date.now());
    expect(verified).toEqual({ ok: true, id: batch.id });
    expect(headers.get("x-auth")).toBe("hidden-header");
    expect(webhookRequest.parse(JSON.parse(body))).toEqual({
      batch_id: batch.id,
      callback_url: batch.callbackUrl,
      jobs: jobs.map(({ id, stage, subject }) => ({ id, token: `hidden-token-${id}`, stage, subject })),
    });
  });

  it("gets each result of the answer, and asks again for what is missing", async () => {
    const contacts = { contacts: [{ name: "Jane Doe" }] };
    const results = [
      { ...done("1"), source: "https://acme.com/about" },
      { id: "3", status: "done", data: contacts },
    ];
    const { outcomes, delivery } = await answered(200, { results });
    const name = { value: "Found 1", source: "https://acme.com/about" };
    expect(outcomes.get("1")).toMatchObject({ kind: "done", result: { stage: "company", value: { name } } });
    expect(outcomes.get("2")).toMatchObject({ kind: "retry", code: "no_result" });
    expect(outcomes.get("3")).toMatchObject({
      kind: "done",
      result: { stage: "contacts", value: { contacts: [{ name: "Jane Doe", source: PAGE }] } },
    });
    expect(delivery).toMatchObject({ status: 200, error: null, notes: [] });
  });

  it("takes failures, wrong types, heartbeats and waits as their own job's", async () => {
    const results = [
      { id: "1", status: "failed", error: "No such company" },
      { id: "2", status: "done", data: { phones: [5] } },
      { id: "3", status: "retry", error: "Quota", retry_after_seconds: 60 },
    ];
    const { outcomes } = await answered(200, { results });
    expect(outcomes.get("1")).toEqual({
      kind: "failed",
      code: "provider_failed:no_such_company",
      reason: "No such company",
    });
    expect(outcomes.get("2")).toEqual({
      kind: "failed",
      code: "bad_result",
      reason:
        "The result cannot be used: data.phones[0] must be text, but is the number 5. Change the workflow and retry.",
    });
    expect(outcomes.get("3")).toEqual({
      kind: "retry",
      code: "provider_retry:quota",
      reason: "Quota",
      afterMs: 60_000,
    });
    const later = await answered(200, { id: "1", status: "progress" });
    expect(later.outcomes.get("1")).toEqual({ kind: "accepted" });
  });

  it("ignores results for jobs that were not in it, and repeats, and says so", async () => {
    const results = [
      { id: "1", status: "progress" },
      done("1"),
      done("99"),
      { ...done("1"), data: {} },
      { x: 1 },
    ];
    const { outcomes, delivery } = await answered(200, { results });
    expect([...outcomes.keys()]).toEqual(["1", "2", "3"]);
    expect(outcomes.get("1")).toMatchObject({ result: { value: { name: { value: "Found 1" } } } });
    expect(delivery.notes).toEqual([
      "results[4].id must be text, but is missing.",
      'The result for "99" was not used: this batch has no such job.',
      'Another result for "1" was not used: the first one counts.',
    ]);
  });

  it.each([
    [202, ""],
    [202, "accepted"],
    [202, { ok: true }],
    [200, ""],
    [204, ""],
  ])("waits for callbacks after %i %j", async (status, body) => {
    const { outcomes } = await answered(status, body);
    expect([...outcomes.values()]).toEqual(jobs.map(() => ({ kind: "accepted" })));
  });

  it("takes what a 202 has already, and waits for the rest", async () => {
    const { outcomes } = await answered(202, { results: [done("2")] });
    expect([...outcomes.values()].map((one) => one.kind)).toEqual(["accepted", "done", "accepted"]);
  });

  it("waits for callbacks when n8n says that the workflow was started", async () => {
    const body = JSON.stringify({ message: "Workflow was started" });
    const { batch, send } = await receiver((_request, response) => response.end(body));
    const { outcomes } = await send(createN8nProvider(batch));
    expect([...outcomes.values()].map((one) => one.kind)).toEqual(["accepted", "accepted", "accepted"]);
  });

  it.each([
    [400, "failed", "http_400", "refused the request (400)"],
    [401, "failed", "http_401", "did not let us in (401)"],
    [404, "failed", "http_404", "the workflow is active"],
    [413, "failed", "http_413", "smaller batch size"],
    [408, "retry", "http_408", "asked again"],
    [409, "retry", "http_409", "asked again"],
    [425, "retry", "http_425", "asked again"],
    [429, "retry", "throttled", "no more requests for now"],
    [503, "retry", "throttled", "no more requests for now"],
    [500, "retry", "http_500", "a problem of its own"],
    [302, "failed", "redirected", "final address"],
  ])("becomes an outcome of every job after %i: %s %s", async (status, kind, code, sentence) => {
    const { outcomes, delivery } = await answered(status, "why", {
      "retry-after": "7",
      location: "http://127.0.0.1/",
    });
    expect(outcomes.size).toBe(3);
    for (const outcome of outcomes.values()) {
      expect(outcome).toMatchObject({ kind, code, reason: expect.stringContaining(sentence) });
      if (kind === "retry") expect(outcome).toMatchObject({ afterMs: 7_000 });
    }
    expect(delivery).toMatchObject({ status, responseBody: "why", retryAfterMs: 7_000, error: { code } });
  });

  it.each([
    ["<!doctype html><h1>Sign in</h1>", "not_json", "a web page"],
    ["{ results: }", "not_json", "something that is not JSON"],
    ['{"data": []}', "bad_answer", 'an object with "data"'],
    ["null", "bad_answer", "there is nothing"],
  ])("fails with a clear sentence when 200 brings %j", async (body, code, sentence) => {
    const { outcomes, delivery } = await answered(200, body);
    expect(outcomes.get("2")).toMatchObject({
      kind: "failed",
      code,
      reason: expect.stringContaining(sentence),
    });
    expect(delivery.error).toMatchObject({ code });
  });

  it("stops reading an answer of 50 MB", async () => {
    const { batch, send } = await receiver((_request, response) => {
      let left = 50;
      const more = () => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(Buffer.alloc(1024 * 1024, "x"))) return response.once("drain", more);
        }
        return response.end();
      };
      more();
    });
    const { outcomes } = await send(createWebhookProvider(batch));
    expect(outcomes.get("1")).toMatchObject({ kind: "failed", code: "too_large" });
  });

  it.each<[string, string, (response: ServerResponse) => void]>([
    ["retry", "reset", (response) => response.socket?.resetAndDestroy()],
    ["retry", "timeout", () => {}],
    ["failed", "bad_response", (r) => r.writeHead(200, { "content-encoding": "gzip" }).end("no gzip")],
  ])("becomes %s %s when there is no usable response", async (kind, code, answer) => {
    const { batch, send } = await receiver((_request, response) => answer(response));
    const endpoint = { ...batch.endpoint, timeoutMs: 200 };
    const { outcomes, delivery } = await send(createWebhookProvider({ ...batch, endpoint }));
    expect(outcomes.get("3")).toMatchObject({ kind, code });
    expect(delivery).toMatchObject({ error: { code } });
  });

  it.each([
    ["http://127.0.0.1/hook", "blocked_address", "OUTBOUND_ALLOW_HOSTS"],
    ["http://[::1]/hook", "blocked_address", "OUTBOUND_ALLOW_HOSTS"],
    ["ftp://hook.example/", "bad_url", "http://"],
    ["https://hook.example/hook", "tls_failed", "certificate"],
  ])("fails for %s with %s", async (url, code, sentence) => {
    const { batch, send } = await receiver((_request, response) => response.end());
    const policy = url.startsWith("https") ? batch.endpoint.policy : PUBLIC_ONLY;
    const endpoint = { ...batch.endpoint, url, policy };
    const { outcomes } = await send(createWebhookProvider({ ...batch, endpoint }));
    expect(outcomes.get("1")).toMatchObject({
      kind: "failed",
      code,
      reason: expect.stringContaining(sentence),
    });
  });

  it("goes back to the queue when the slice is over, as no failed attempt", async () => {
    const controller = new AbortController();
    const { batch, send } = await receiver(() => controller.abort());
    const { outcomes } = await send(createWebhookProvider(batch), jobs, controller.signal);
    expect(outcomes.get("1")).toMatchObject({ kind: "retry", code: "slice_over" });
  });

  it("is kept without tokens, secrets or the address's query, cut at 64 KB", async () => {
    const { batch, send } = await receiver(async (incoming, response) => {
      const echo = `${JSON.stringify(incoming.headers)}${await bodyOf(incoming)}${secret}`;
      response.writeHead(400).end(echo + "é".repeat(100_000));
    });
    const { delivery } = await send(createWebhookProvider(batch));
    expect(JSON.stringify(delivery)).not.toMatch(/hidden-|whsec_/);
    expect(delivery).toMatchObject({
      address: "hook.example/hook",
      requestHeaders: { "x-auth": "[hidden]" },
    });
    expect(delivery.requestHeaders["webhook-id"]).toBe(batch.id);
    expect(JSON.parse(delivery.requestBody)).toMatchObject({
      jobs: [{ id: "1", token: "[hidden]" }, {}, {}],
    });
    expect(Buffer.byteLength(delivery.responseBody ?? "")).toBeLessThanOrEqual(64 * 1024);
    expect(delivery.responseBody).toMatch(/é … \(cut\)$/);
  });

  it("is not sent when it is empty", async () => {
    const { batch } = await receiver((_request, response) => response.writeHead(500).end());
    expect(await createWebhookProvider(batch).send([])).toEqual(new Map());
  });
});
