import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readResults } from "./webhooks.ts";

const done = { id: "7", status: "done", data: { name: "Acme" } };
const read = { id: "7", status: "done", data: { name: "Acme" }, source: null };

describe("results of a webhook", () => {
  it.each([
    ["a list under results", { results: [done] }],
    ["one result", done],
    ["a list of results", [done]],
    ["a list of items with results, as n8n answers", [{ results: [done] }]],
    ["an id sent back as a number", { ...done, id: 7 }],
    ["empty cells", { ...done, source: "", error: null, retry_after_seconds: null }],
  ])("are read from %s", (_form, body) => {
    expect(readResults(body)).toEqual({ ok: true, results: [read], notes: [] });
  });

  it("are done, failed, to be tried again, under way, or to be asked for again", () => {
    const results = [
      { ...done, source: "https://acme.com/about" },
      { id: "8", status: "failed", error: "Not found" },
      {
        id: "9",
        status: "retry",
        error: { message: "Busy", name: "NodeApiError" },
        retry_after_seconds: 1.5,
      },
      { id: "10", status: "progress" },
      { id: "11", status: "poll", after_seconds: 2.5, state: { task: 5 } },
      { id: "12", status: "poll", after_seconds: 1 },
    ];
    expect(readResults({ results })).toMatchObject({
      ok: true,
      results: [
        { ...done, source: "https://acme.com/about" },
        { id: "8", status: "failed", error: "Not found" },
        { id: "9", status: "retry", error: "Busy", afterMs: 1_500 },
        { id: "10", status: "progress" },
        { id: "11", status: "poll", afterMs: 2_500, state: { task: 5 } },
        { id: "12", status: "poll", afterMs: 1_000, state: null },
      ],
    });
  });

  it.each([
    [
      { status: "success" },
      'results[0].status must be "done" or "failed" or "retry" or "progress" or "poll", but is "success".',
    ],
    [
      { status: undefined },
      'results[0].status must be "done" or "failed" or "retry" or "progress" or "poll", but is missing.',
    ],
    [{ source: "acme.com" }, "results[0].source must be an address that starts with http:// or https://."],
    [{ error: 5 }, "results[0].error must be text, but is the number 5."],
    [{ retry_after_seconds: "soon" }, "results[0].retry_after_seconds must be a number, but is text."],
    [{ status: "poll" }, "results[0].after_seconds must be a number, but is missing."],
    [{ status: "poll", after_seconds: 0 }, "results[0].after_seconds must be at least 1."],
    [{ state: "x".repeat(4_095) }, "results[0].state must have at most 4 KB as JSON, and 20 levels."],
    [
      { state: JSON.parse("[".repeat(30) + "]".repeat(30)) },
      "results[0].state must have at most 4 KB as JSON, and 20 levels.",
    ],
    [{ retry_after_seconds: -1 }, "results[0].retry_after_seconds must be at least 0."],
  ])("with %j are unreadable for their job alone", (change, error) => {
    expect(readResults({ results: [{ ...done, ...change }, done] })).toEqual({
      ok: true,
      results: [{ id: "7", status: "unreadable", error }, read],
      notes: [],
    });
  });

  it("that belong to no job are noted", () => {
    const notes = [
      "results[0].id must be text, but is missing.",
      "results[2] must be an object, but is text.",
    ];
    expect(readResults([{ status: "done" }, done, "done"])).toEqual({ ok: true, results: [read], notes });
  });

  it.each([
    ["text", "text"],
    [null, "nothing"],
    [5, "the number 5"],
    [{ message: "Workflow was started" }, 'an object with "message"'],
  ])("are asked for when there is %j", (body, found) => {
    const error = `There must be { "results": [ ... ] } or one result with an "id", but there is ${found}.`;
    expect(readResults(body)).toEqual({ ok: false, error });
  });

  it("are at most 1,000", () => {
    expect(readResults(Array.from({ length: 1_000 }, () => done))).toMatchObject({ ok: true });
    expect(readResults(Array.from({ length: 1_001 }, () => done))).toMatchObject({ ok: false });
  });

  it("never throw, whatever JSON is sent", () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.record({ results: fc.array(fc.jsonValue()) }),
      fc.array(
        fc.record({ id: fc.jsonValue(), status: fc.constantFrom("done", "retry"), error: fc.jsonValue() }),
      ),
    );
    fc.assert(
      fc.property(hostile, (body) => {
        const received = readResults(body);
        if (received.ok) expect(received.results.every((one) => one.id.length <= 100)).toBe(true);
        else expect(received.error).toMatch(/\.$/);
      }),
    );
  });
});
