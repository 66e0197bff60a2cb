import { describe, expect, test } from "vitest";
import { type Integration, integrationBench } from "../support/integration-bench.ts";
import { readWorkflow, runWorkflow } from "../support/n8n-workflow.ts";

const bench = integrationBench();

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
      error_code: "provider_failed:the_website_of_cannot_be_read",
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
    const shown = await bench.sendTest(integration, "contacts");
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
