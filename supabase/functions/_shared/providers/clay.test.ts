import { describe, expect, it } from "vitest";
import { bodyOf, jobs, receiver } from "../../../../tests/support/webhook-receiver.ts";
import { createClayProvider } from "./clay.ts";

describe("a batch for Clay", () => {
  it("is one flat row a job, with the table's auth header, answered by callback", async () => {
    const rows: unknown[] = [];
    const auths = new Set<unknown>();
    const { batch, send } = await receiver(async (incoming, response) => {
      auths.add(incoming.headers["x-auth"]);
      rows.push(JSON.parse(await bodyOf(incoming)));
      response.end(JSON.stringify({ success: true }));
    });
    const { outcomes, deliveries } = await send(createClayProvider(batch));
    expect([...outcomes]).toEqual(jobs.map(({ id }) => [id, { kind: "accepted" }]));
    expect(deliveries).toHaveLength(3);
    expect([...auths]).toEqual(["hidden-header"]);
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({
      job_id: "3",
      token: "hidden-token-3",
      callback_url: batch.callbackUrl,
      batch_id: batch.id,
      stage: "contacts",
      ...jobs[2]?.subject,
    });
  });

  it("has an outcome for each row", async () => {
    const { batch, send } = await receiver(async (incoming, response) => {
      const { job_id: id }: { job_id: string } = JSON.parse(await bodyOf(incoming));
      response.writeHead(id === "2" ? 429 : 200, { "retry-after": "1" }).end("{}");
    });
    const { outcomes } = await send(createClayProvider(batch));
    expect(outcomes.get("1")).toEqual({ kind: "accepted" });
    expect(outcomes.get("2")).toMatchObject({ kind: "retry", code: "throttled", afterMs: 1_000 });
  });
});
