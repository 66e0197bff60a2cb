import { expect, test } from "vitest";
import { redeliverResult } from "../../supabase/functions/_shared/contracts/integration-calls.ts";
import { webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { verifyWebhook } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import {
  type Answer,
  accepting,
  answeringEach,
  answerOf,
  type Integration,
  integrationBench,
} from "../support/integration-bench.ts";

const bench = integrationBench();

const found = answeringEach({ status: "done", data: {} });

/** Has no webhook at first; once it is `repaired` it answers with results. */
function broken() {
  const state = { isRepaired: false };
  const answer: Answer = (received, response) =>
    state.isRepaired ? found(received, response) : response.writeHead(404).end();
  return { state, answer };
}

const deliveriesOf = async ({ id }: Pick<Integration, "id">) => {
  const { data } = await bench.ann.client
    .from("deliveries")
    .select("id, batch_id, status, resent_by")
    .eq("integration_id", id)
    .order("id")
    .throwOnError();
  return data;
};

const sendAgain = (delivery_id: number | undefined, user?: typeof bench.ann | null) =>
  bench.manage({ action: "redeliver", delivery_id }, user);

test("a delivery that failed is sent again as it was, signed anew, and its results count", async () => {
  const { state, answer } = broken();
  const integration = await bench.addIntegration(answer);
  const runId = await bench.start(integration, 3);
  await bench.settled(runId, "failed");
  state.isRepaired = true;
  const [first] = await deliveriesOf(integration);
  const again = redeliverResult.parse(await (await sendAgain(first?.id)).json());
  expect(again).toMatchObject({ completed: 3, accepted: 0, delivery: { status: 200, error_code: null } });
  await bench.settled(runId, "completed");

  const [sent, resent] = integration.requests;
  if (!sent || !resent) throw new Error("two requests were to arrive");
  const withoutTokens = (body: string) =>
    webhookRequest
      .parse(JSON.parse(body))
      .jobs.map(({ token, ...job }) => ({ ...job, isToken: token !== "" }));
  expect(withoutTokens(resent.body)).toEqual(withoutTokens(sent.body));
  expect(resent.headers["webhook-id"]).toBe(sent.headers["webhook-id"]);
  const headers = new Headers(Object.entries(resent.headers).map(([name, value]) => [name, String(value)]));
  expect(
    await verifyWebhook([integration.secret], headers, new TextEncoder().encode(resent.body), Date.now()),
  ).toMatchObject({ ok: true });
  const { data } = await bench.ann.client.auth.getUser();
  expect(await deliveriesOf(integration)).toMatchObject([
    { batch_id: first?.batch_id, status: 404, resent_by: null },
    { batch_id: first?.batch_id, status: 200, resent_by: data.user?.id },
  ]);

  const once = redeliverResult.parse(await (await sendAgain(first?.id)).json());
  expect(once).toMatchObject({ completed: 0, delivery: { status: 200 } });
});

test("one that fails again says why, and what its jobs waited for is left as it was", async () => {
  const { integration, runId } = await bench.handOut(1);
  await bench.sql`update public.integrations set url = 'http://hooks.example/gone' where id = ${integration.id}`;
  const [first] = await deliveriesOf(integration);
  const again = redeliverResult.parse(await (await sendAgain(first?.id)).json());
  expect(again.delivery).toMatchObject({
    status: 404,
    error_reason: expect.stringContaining("no webhook at this address"),
  });
  expect(await bench.jobs(runId)).toMatchObject([{ status: "waiting" }]);
});

test("one that is turned away for now holds its lane for as long as that was asked for, and costs nothing", async () => {
  let isBusy = false;
  const integration = await bench.addIntegration((received, response) =>
    isBusy ? response.writeHead(429, { "retry-after": "60" }).end() : accepting(received, response),
  );
  const runId = await bench.start(integration, 1);
  await bench.settled(runId, "waiting");
  isBusy = true;
  await bench.sql`update public.integrations set cost_per_job = 0.5 where id = ${integration.id}`;
  const [first] = await deliveriesOf(integration);
  const again = redeliverResult.parse(await (await sendAgain(first?.id)).json());
  expect(again.delivery).toMatchObject({ status: 429, error_code: "throttled" });
  expect(await answerOf(await sendAgain(first?.id))).toMatchObject({
    status: 409,
    body: { error: { code: "lane_held" } },
  });
  const { data } = await bench.ann.client.rpc("research_progress", { run_id: runId }).throwOnError();
  expect(data).toMatchObject({ spent: 0 });
});

test("nobody else may send it again, nor a viewer, and a test cannot be", async () => {
  const integration = await bench.addIntegration(found);
  await bench.sendTest(integration);
  const [made] = await deliveriesOf(integration);
  const refusal = async (id: number | undefined, user?: typeof bench.ann | null) => {
    const { status, body } = await answerOf(await sendAgain(id, user));
    return { status, code: (body as { error?: { code?: string } }).error?.code };
  };
  expect(await refusal(made?.id)).toEqual({ status: 409, code: "test_delivery" });
  expect(await refusal(999_999_999)).toEqual({ status: 404, code: "not_found" });
  expect(await refusal(made?.id, null)).toMatchObject({ status: 401 });
  const bob = await bench.product.signUp("bob");
  expect(await refusal(made?.id, bob)).toEqual({ status: 404, code: "not_found" });
  const { data } = await bob.client.auth.getUser();
  await bench.sql`insert into public.workspace_members (workspace_id, user_id, role, email)
    values (${bench.ann.workspaceId}, ${data.user?.id ?? ""}, 'viewer', ${bob.email})`;
  expect(await refusal(made?.id, bob)).toEqual({ status: 403, code: "forbidden" });
});
