import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readResults } from "../contracts/webhooks.ts";
import { type CallbackJob, readCallback } from "./callback.ts";

const PAGE = "https://app.example/settings/integrations/1";
const job = (id: string, stage: CallbackJob["stage"] = "company"): CallbackJob => ({
  id,
  stage,
  batchId: `batch-${id}`,
  names: [`Company ${id}`],
  isCertain: true,
});

/** What results, as they are handed in, mean for the jobs. */
function read(jobs: CallbackJob[], results: unknown[]) {
  const received = readResults({ results });
  if (!received.ok) throw new Error(received.error);
  return readCallback(jobs, received.results, PAGE);
}

describe("a callback", () => {
  test("gives each job its result by its own stage, in the batch it is in", () => {
    const contacts = { id: "2", status: "done", data: { contacts: [{ name: "Jane Doe" }] } };
    const { outcomes, notes } = read(
      [job("1"), job("2", "contacts")],
      [{ id: "1", status: "failed", error: "Company 1 was dissolved in 2019." }, contacts],
    );
    expect(notes).toEqual([]);
    expect(outcomes).toMatchObject([
      {
        jobId: "1",
        batchId: "batch-1",
        outcome: {
          kind: "failed",
          code: "provider_failed:was_dissolved_in",
          reason: "Company 1 was dissolved in 2019.",
        },
      },
      { jobId: "2", batchId: "batch-2", outcome: { kind: "done", result: { stage: "contacts" } } },
    ]);
  });

  test("that does not say of which try it speaks ends no later one, but brings its result", () => {
    const later = (id: string) => ({ ...job(id), isCertain: false });
    const { outcomes, notes } = read(
      [later("1"), later("2"), later("3"), later("4")],
      [
        { id: "1", status: "failed", error: "Late" },
        { id: "2", status: "done", data: { name: "Acme" } },
        { id: "3", status: "progress" },
        { id: "4", status: "poll", after_seconds: 5 },
      ],
    );
    expect(outcomes.map(({ jobId, outcome }) => [jobId, outcome.kind])).toEqual([
      ["2", "done"],
      ["3", "accepted"],
    ]);
    const askForBatch = expect.stringContaining("batch_id");
    expect(notes).toEqual([askForBatch, askForBatch]);
  });

  test("says of a made-up job whether its result would be used, and never stores it", () => {
    const { outcomes, notes } = read(
      [],
      [
        { id: "test-contacts-0123abcd", status: "done", data: { contacts: [] } },
        { id: "test-company-0123abcd", status: "done", data: { name: 5 } },
      ],
    );
    expect(outcomes).toEqual([]);
    expect(notes).toEqual([
      'The result "done" of the test was understood; it is not stored.',
      expect.stringContaining("data.name must be text, but is the number 5"),
    ]);
  });

  test("whatever is handed in, gives each job at most one outcome, strangers none, and every unused result a note", () => {
    const results = fc.array(
      fc.record({
        id: fc.constantFrom("1", "2", "3", "04", "test-company-0123abcd", "__proto__"),
        status: fc.constantFrom("done", "failed", "retry", "progress", "nonsense"),
        data: fc.oneof(
          fc.constant({}),
          fc.constant({ name: "A" }),
          fc.constant({ phones: 1 }),
          fc.anything(),
        ),
      }),
    );
    fc.assert(
      fc.property(results, (given) => {
        const { outcomes, notes } = read([job("1"), job("2")], given);
        const ids = outcomes.map((one) => one.jobId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(ids)).toEqual(
          new Set(given.map((one) => one.id).filter((id) => ["1", "2"].includes(id))),
        );
        const unused = given.length - outcomes.length;
        const heartbeats = given.filter((one) => one.status === "progress").length; // one before a result needs no word
        expect(notes.length).toBeGreaterThanOrEqual(unused - heartbeats);
      }),
    );
  });
});
