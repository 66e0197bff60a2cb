import { describe, expect, test } from "vitest";
import { claimJobs } from "../support/research.ts";
import { byName, namesOf, syncBench } from "../support/sync.ts";

const { addContacts, addIntegration, answer, bench, claim, countOf, handedOn, lookAgain, start } =
  syncBench();

describe("contacts are handed on", () => {
  test("that are enriched already and were never handed on are handed on by a run that does both", async () => {
    const integration = await addIntegration();
    await addContacts(2);
    await start(integration, ["enrich"]);
    await answer(await claim(), "done", { result: {} });
    const run = await start(integration, ["enrich", "sync"]);
    expect(namesOf(await claim())).toEqual(["sync Person 1", "sync Person 2"]);
    expect(await bench.progressOf(run)).toMatchObject({ contacts_total: 2 });
  });

  test("once, also when their company is looked at for others again", async () => {
    const integration = await addIntegration();
    await addContacts(2);
    await start(integration);
    await answer(await claim(), "done", { result: {} });
    const run = await start(integration, ["contacts", "sync"]);
    const [batch] = await claimJobs(bench.sql);
    const found = { contacts: [{ name: "Jane Doe", source: "https://c1.example/team" }] };
    await answer(batch ? [batch] : [], "done", { result: found });
    expect(await handedOn(run)).toEqual(["Jane Doe"]);
  });

  test("once, when it is begun again while the request of a cancelled run is out", async () => {
    const integration = await addIntegration({ cost_per_job: 1 });
    await addContacts(1);
    const run = await start(integration);
    const out = await claim();
    await bench.call("cancel_research", run);
    await expect(start(integration)).rejects.toMatchObject({ hint: "nothing_to_research" });
    await answer(out, "failed", { code: "full", reason: "The CRM is full." });
    expect(await handedOn(await start(integration))).toEqual(["Person 1"]);
  });

  test("once, whether they were enriched before or after", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    await start(integration);
    await answer(await claim(), "done", { result: {} });
    const run = await start(integration, ["enrich", "sync"]);
    await answer(await claim(), "done", { result: {} });
    expect(await handedOn(run)).toEqual([]);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
  });

  test("once, although they were to be handed on again and that was cancelled before", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    await start(integration);
    await answer(await claim(), "done", { result: {} });
    await bench.call("cancel_research", await start(integration, ["sync"], { again: true }));
    await expect(start(integration)).rejects.toMatchObject({ hint: "nothing_to_research" });
  });

  test("once, while a request that was taken before a cancel may still be answered", async () => {
    const integration = await addIntegration({ deadline_seconds: 600 });
    await addContacts(1);
    const run = await start(integration);
    await answer(await claim(), "accepted");
    await bench.call("cancel_research", run);
    await expect(start(integration)).rejects.toMatchObject({ hint: "nothing_to_research" });
  });

  test("once, also when those that failed are tried again after a later run did it", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    const failed = await start(integration);
    await answer(await claim(), "failed", { code: "full", reason: "The CRM is full." });
    await start(integration);
    await answer(await claim(), "done", { result: {} });
    await bench.call("retry_failed_jobs", failed);
    expect(await countOf(failed)).toEqual({ failed: 1 });
  });

  test("again without being told to, if that failed when it was tried last", async () => {
    const integration = await addIntegration({ batch_size: 1 });
    await addContacts(2);
    await start(integration);
    await answer(await claim(), "done", { result: {} });
    await start(integration, ["sync"], { again: true });
    await lookAgain();
    const [first, second] = byName(await claim());
    await answer(first ? [first] : [], "failed", { code: "full", reason: "The CRM is full." });
    await answer(second ? [second] : [], "done", { result: {} });
    const run = await start(integration);
    expect(await handedOn(run)).toEqual(["Person 1"]);
    expect(await bench.progressOf(run)).toMatchObject({ contacts_total: 1 });
  });
});
