import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callbackResult } from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import { connect as connectDb } from "../../supabase/functions/_shared/db.ts";
import { newWebhookSecret } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import { createHandler } from "../../supabase/functions/research-callback/handler.ts";
import { accepting, answerOf, integrationBench } from "../support/integration-bench.ts";
import { companyOf } from "../support/subjects.ts";
import { until } from "../support/until.ts";

const bench = integrationBench();

const done = (id = "", name = "Found") => ({
  id,
  status: "done",
  data: { name, phone: "+1 555 0100", fund_size: "1M" },
});
/** Nothing is left in a bucket of an integration's callbacks, nor will be soon. */
const drain = (integrationId: string, bucket: string) => bench.sql`
  insert into private.rate_limits (holder, bucket, tokens, filled_at) values (${integrationId}, ${bucket}, 0, now() + interval '1 hour')
  on conflict (holder, bucket) do update set tokens = 0, filled_at = excluded.filled_at`;

const refusal = (status: number, code: string) => ({
  status,
  body: { error: { code, message: expect.any(String), details: null } },
});
const taken = (count: number, ignored = 0, notes: unknown = []) => ({
  status: 200,
  body: { taken: count, ignored, is_repeat: false, notes },
});

const SETTLED = expect.stringMatching(/^Not used: 1 of the results, because/);

describe("results that come later", () => {
  test("arrive in parts, signed or by token, and the run ends with the last of them", async () => {
    const { integration, runId, request, url } = await bench.handOut(3);
    const [a, b, c] = request.jobs;
    const signed = await bench.callBack(
      url,
      { results: [done(a?.id, "Acme"), done(b?.id)] },
      integration.secret,
    );
    expect(await answerOf(signed)).toEqual(taken(2));
    expect(await bench.runStatus(runId)).toBe("running");
    const single = await bench.callBackWithToken(url, done(c?.id), c?.token ?? "");
    expect(await answerOf(single)).toEqual(taken(1));
    expect(await bench.runStatus(runId)).toBe("completed");

    const { data } = await bench.ann.client
      .from("companies")
      .select("research, custom")
      .eq("id", a ? companyOf(a).company_id : "")
      .single()
      .throwOnError();
    const source = `${bench.product.stack.url}/settings/integrations/${integration.id}`;
    expect(data.research).toMatchObject({ name: { value: "Acme", source } });
    expect(JSON.stringify(data)).toContain("fund_size");
  });

  test("wait longer after each sign of life", async () => {
    const { runId, request, url } = await bench.handOut(1);
    const [job] = request.jobs;
    for (const _ of [1, 2]) {
      await bench.sql`update public.research_batches set leased_until = now() + interval '60 seconds' where run_id = ${runId}`;
      const alive = await bench.callBackWithToken(url, { id: job?.id, status: "progress" }, job?.token ?? "");
      expect(await answerOf(alive)).toEqual(taken(1));
      const [batch] = await bench.sql`
        select extract(epoch from leased_until - now())::float8 as seconds from public.research_batches where run_id = ${runId}`;
      expect(batch?.seconds).toBeGreaterThan(1100);
    }
    expect(await bench.jobs(runId)).toMatchObject([{ status: "waiting" }]);
  });

  test("count after their deadline as well; what is not a result does not", async () => {
    const { runId, request, url } = await bench.handOut(2);
    const [a] = request.jobs;
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${runId}`;
    await bench.sql`select private.expire_leases()`;
    const tries = await bench.sql`
      select error_code from public.research_attempts where job_id = any (${request.jobs.map((job) => job.id)}::bigint[])`;
    expect(tries).toEqual([{ error_code: "no_callback" }, { error_code: "no_callback" }]);
    const late = await bench.callBackWithToken(
      url,
      { id: a?.id, status: "failed", error: "Late" },
      a?.token ?? "",
    );
    expect(await answerOf(late)).toEqual(taken(0, 1, [SETTLED]));
    const found = await bench.callBackWithToken(url, done(a?.id), a?.token ?? "");
    expect(await answerOf(found)).toEqual(taken(1));
    const [job, other] = await bench.jobs(runId);
    expect(job).toMatchObject({ status: "completed" });
    expect(other?.status).not.toBe("completed");
  });

  test("with a wrong type fail their own job alone, and the sender is told as well", async () => {
    const { integration, runId, request, url } = await bench.handOut(2);
    const [a, b] = request.jobs;
    const wrong = { id: a?.id, status: "done", data: { phones: [5550100] } };
    const response = await bench.callBack(url, { results: [wrong, done(b?.id)] }, integration.secret);
    const reason = expect.stringContaining("data.phones[0] must be text, but is the number 5550100");
    expect(await answerOf(response)).toEqual(taken(2, 0, [reason]));
    expect(await bench.jobs(runId)).toMatchObject([
      { status: "failed", error_code: "bad_result", error_message: reason },
      { status: "completed" },
    ]);
  });

  test("of an integration that was deleted are taken with tokens alone, and what was still to be sent fails", async () => {
    const { integration, runId, request, url } = await bench.handOut(1, ["company", "contacts"]);
    const [job] = request.jobs;
    await bench.ann.client.rpc("delete_integration", { integration_id: integration.id }).throwOnError();
    const signed = await bench.callBack(url, done(job?.id), integration.secret);
    expect(await answerOf(signed)).toEqual(refusal(401, "integration_deleted"));
    const byToken = await bench.callBackWithToken(url, done(job?.id), job?.token ?? "");
    expect(await answerOf(byToken)).toEqual(taken(1));
    await until("the run ends", async () => (await bench.runStatus(runId)) === "completed");
    expect(await bench.jobs(runId)).toMatchObject([
      { stage: "company", status: "completed" },
      { stage: "contacts", status: "failed", error_code: "integration_deleted" },
    ]);
  });
});

describe("a sender", () => {
  test("may repeat a message, which changes nothing and is answered as before", async () => {
    const { integration, runId, request, url } = await bench.handOut(1);
    const [job] = request.jobs;
    const body = { results: [done(job?.id), done("12345678\0")] };
    const first = await answerOf(await bench.callBack(url, body, integration.secret, { id: "message-1" }));
    expect(first).toEqual(taken(1, 1, [expect.stringContaining('"12345678" was not used')]));
    const again = await answerOf(await bench.callBack(url, body, integration.secret, { id: "message-1" }));
    expect(again).toEqual({ ...first, body: { ...(first.body as object), is_repeat: true } }); // an object of the contract
    const other = await bench.callBack(url, done(job?.id, "Other"), integration.secret, { id: "message-1" });
    expect(await answerOf(other)).toEqual({
      status: 409,
      body: { error: { code: "id_reused", message: expect.any(String), details: null } },
    });
    const later = await bench.callBack(url, done(job?.id, "Other"), integration.secret);
    expect(await answerOf(later)).toEqual(taken(0, 1, [SETTLED]));
    expect(await bench.jobs(runId)).toMatchObject([{ status: "completed" }]);
  });

  test("may be impatient: of messages that come at once each counts once, and each job's result once", async () => {
    const { integration, runId, request, url } = await bench.handOut(1);
    const id = request.jobs[0]?.id;
    const messages = ["a", "b", "a", "b", "a"].map((name) =>
      bench.callBack(url, done(id, name), integration.secret, { id: `at-once-${name}` }),
    );
    const answers = await Promise.all(
      messages.map(async (message) => callbackResult.parse(await (await message).json())),
    );
    expect(
      answers
        .filter((one) => !one.is_repeat)
        .map((one) => one.taken)
        .toSorted(),
    ).toEqual([0, 1]);
    expect(answers.filter((one) => one.is_repeat)).toHaveLength(3);
    expect(await bench.jobs(runId)).toMatchObject([{ status: "completed" }]);
  });

  test("of an installation without keys is told what is missing", async () => {
    const db = connectDb(bench.product.stack.dbUrl);
    const handler = createHandler({
      db,
      settings: { ring: null, publicUrl: bench.product.stack.url, appUrl: null },
    });
    const response = await handler(
      new Request("https://api.example/?integration=x", { method: "POST", body: "{}" }),
    );
    expect(await answerOf(response)).toMatchObject({
      status: 503,
      body: { error: { code: "not_set_up", message: expect.stringContaining("INTEGRATION_KEYS") } },
    });
    await db.end();
  });

  test("that nobody knows changes nothing, and is told what is wrong with its message", async () => {
    const { integration, runId, request, url } = await bench.handOut(1);
    const [job] = request.jobs;
    const body = done(job?.id);
    const { secret } = integration;
    const post = (headers: Record<string, string>, text = JSON.stringify(body)) =>
      fetch(url, { method: "POST", headers, body: text });
    const refused: [Promise<Response>, number, string][] = [
      [bench.callBack(url, body, newWebhookSecret()), 401, "wrong_signature"],
      [bench.callBack(url, body, secret, { age: 400 }), 401, "too_old"],
      [bench.callBack(url, body, secret, { age: -400 }), 401, "from_the_future"],
      [post({}), 401, "missing_header"],
      [post({ authorization: "Bearer v1.k1.nonsense" }), 401, "wrong_token"],
      [post({ authorization: `Bearer ${job?.token.slice(0, -1)}` }), 401, "wrong_token"],
      [post({ authorization: `Bearer ${bench.product.stack.secretKey}` }), 401, "wrong_token"],
      [post({ authorization: `Bearer ${job?.token}` }, "<html>"), 400, "bad_json"],
      [post({ authorization: `Bearer ${job?.token}` }, "{}"), 400, "bad_results"],
      [
        post({ authorization: `Bearer ${job?.token}` }, "[".repeat(100_000) + "]".repeat(100_000)),
        400,
        "bad_results",
      ],
      [post({ authorization: `Bearer ${job?.token}` }, " ".repeat(5 * 1024 * 1024 + 1)), 413, "too_large"],
      [bench.callBack(url.replace(/[^=]+$/, ""), body, secret), 400, "bad_request"],
      [bench.callBack(url.replace(/[^=]+$/, crypto.randomUUID()), body, secret), 404, "not_found"],
      [fetch(url), 405, "method_not_allowed"],
    ];
    for (const [response, status, code] of refused) {
      const answer = await answerOf(await response);
      expect(answer).toMatchObject({
        status,
        body: { error: { code, message: expect.stringMatching(/^[A-Z].{6,}\.$/s) } },
      });
    }
    expect(await bench.jobs(runId)).toMatchObject([{ status: "waiting" }]);
  });

  test("cannot speak for the jobs of others, nor learn that they exist", async () => {
    const { runId, request, url } = await bench.handOut(2);
    const [a, b] = request.jobs;
    const bob = await bench.product.signUp("bob");
    const stranger = await bench.addIntegration(accepting, {}, bob);
    const strangersUrl = url.replace(/[^=]+$/, stranger.id);
    const forged = await bench.callBack(
      strangersUrl,
      { results: [done(a?.id), done("987654321")] },
      stranger.secret,
    );
    const note = (id = "") => `The result for "${id}" was not used: there is no such job for this sender.`;
    expect(await answerOf(forged)).toEqual(taken(0, 2, [note(a?.id), note("987654321")]));
    expect((await bench.callBackWithToken(strangersUrl, done(a?.id), a?.token ?? "")).status).toBe(404);
    const both = await bench.callBackWithToken(url, { results: [done(a?.id), done(b?.id)] }, a?.token ?? "");
    expect(await answerOf(both)).toEqual(taken(1, 1, [note(b?.id)]));
    expect(await bench.jobs(runId)).toMatchObject([{ status: "completed" }, { status: "waiting" }]);
  });

  test("that hands in too much at once is told when to come again, and nothing is lost", async () => {
    const { integration, runId, request, url } = await bench.handOut(1);
    const id = request.jobs[0]?.id;
    await drain(integration.id, "callbacks");
    const message = { id: "patience" };
    const early = await bench.callBack(url, done(id), integration.secret, message);
    expect(early.headers.get("retry-after")).toBe("1");
    expect(await answerOf(early)).toEqual(refusal(429, "too_many"));
    expect(await bench.jobs(runId)).toMatchObject([{ status: "waiting" }]);
    await bench.sql`update private.rate_limits set filled_at = now() - interval '1 second' where holder = ${integration.id}`;
    expect(await answerOf(await bench.callBack(url, done(id), integration.secret, message))).toEqual(
      taken(1),
    );
  });

  test("is not kept out by those who forge its messages", async () => {
    const { integration, request, url } = await bench.handOut(1);
    const id = request.jobs[0]?.id;
    const forge = () => bench.callBack(url, done(id), newWebhookSecret());
    expect((await forge()).status).toBe(401);
    await drain(integration.id, "forgeries");
    const told = await forge();
    expect(Number(told.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answerOf(told)).toEqual(refusal(429, "too_many"));
    expect(await answerOf(await bench.callBack(url, done(id), integration.secret))).toEqual(taken(1));
  });

  test("that sends its tokens and secrets back does not get them kept", async () => {
    const { integration, request, url } = await bench.handOut(1);
    const [job] = request.jobs;
    const careless = { ...done(job?.id), job, secret: integration.secret, data: { note: job?.token } };
    const escaped = JSON.stringify(careless).replace(job?.token ?? "", (token) =>
      token.replace("v1.", "\\u0076\\u0031."),
    );
    expect((await bench.callBack(url, careless, integration.secret)).status).toBe(200);
    const raw = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${job?.token}` },
      body: escaped,
    });
    expect(raw.status).toBe(200);
    const kept =
      await bench.sql`select to_jsonb(e) as row from public.events e where e.integration_id = ${integration.id}
      union all select to_jsonb(d) from public.deliveries d where d.integration_id = ${integration.id}
      union all select to_jsonb(c) from public.companies c where c.id = ${job ? companyOf(job).company_id : ""}`;
    expect(kept).toHaveLength(4);
    const log = await readFile(join(bench.product.dataDir, "logs", "functions.log"), "utf8");
    expect(log).toContain("slice");
    for (const text of [JSON.stringify(kept), log]) {
      expect(text).not.toContain(job?.token);
      expect(text).not.toContain(integration.secret.slice(6));
    }
  });
});
