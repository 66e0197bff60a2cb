import { describe, expect, test } from "vitest";
import { saveSecretResult } from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import {
  newWebhookSecret,
  verifyWebhook,
} from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import {
  type Answer,
  answerOf,
  finding,
  type Integration,
  integrationBench,
} from "../support/integration-bench.ts";

const bench = integrationBench();

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
    const integration = await bench.addIntegration(finding);
    const answer = await answerOf(await save(integration, "signing", "generate"));
    const { secret = "" } = saveSecretResult.parse(answer.body);
    expect(secret).toMatch(/^whsec_/);
    await bench.sendTest(integration);
    expect(await signedWith(integration, secret, integration.secret, newWebhookSecret())).toEqual([
      true,
      true,
      false,
    ]);
    await bench.sql`update private.integration_secrets set previous_until = now() where integration_id = ${integration.id}`;
    await bench.sendTest(integration);
    expect(await signedWith(integration, secret, integration.secret)).toEqual([true, false]);
    expect(await answerOf(await save(integration, "signing", null))).toEqual({ status: 200, body: {} });
    const unsigned = await bench.sendTest(integration);
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
    const shown = await bench.sendTest(integration);
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
    const integration = await bench.addIntegration(finding, { auth_header: "x-api-key" });
    await save(integration, "header", "hidden-value");
    const table = bench.ann.client.from("integrations");
    await bench.sendTest(integration);
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
    const integration = await bench.addIntegration(finding);
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
    await bench.sendTest(integration);
    expect(await signedWith(integration, integration.secret)).toEqual([true]);
  });

  test("and tests are for admins of the workspace alone", async () => {
    const integration = await bench.addIntegration(finding);
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
    expect((await bench.manage({ ...test, stage: "guess" })).status).toBe(400);
    expect((await bench.manage({ ...test, integration_id: crypto.randomUUID() })).status).toBe(404);
    expect(integration.requests).toEqual([]);
  });
});
