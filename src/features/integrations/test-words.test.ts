import type { SendTestResult, UnderstoodResult } from "@contracts";
import { expect, test } from "vitest";
import { testVerdict } from "./test-words";

const delivery: SendTestResult["delivery"] = {
  address: "n8n.example.com/webhook/a",
  sent_at: "2026-11-22T10:00:00Z",
  duration_ms: 120,
  request_headers: {},
  request_body: "{}",
  status: 200,
  response_body: "{}",
  error_code: null,
  error_reason: null,
};
const of = (...understood: UnderstoodResult[]) => testVerdict({ delivery, understood, notes: [] });

test("an answer and a promise of one are both good news", () => {
  expect(of({ id: "1", kind: "done", result: {} })).toMatchObject({ good: true });
  expect(of({ id: "1", kind: "accepted" })).toMatchObject({
    good: true,
    title: expect.stringContaining("taken"),
  });
  expect(of({ id: "1", kind: "poll" })).toMatchObject({ good: true });
});

test("a failure says why in the words of the service", () => {
  const reason = "data.phones[0] must be text, but is the number 5550100.";
  expect(of({ id: "1", kind: "failed", reason })).toMatchObject({ good: false, message: reason });
  expect(of({ id: "1", kind: "retry" }).message).toContain("no reason");
});

test("a request that did not get through says so before anything else", () => {
  const error_reason = "n8n.example.com refused the connection.";
  const result = { delivery: { ...delivery, status: null, error_code: "refused", error_reason }, notes: [] };
  const understood: UnderstoodResult[] = [{ id: "1", kind: "failed", reason: "x" }];
  expect(testVerdict({ ...result, understood })).toMatchObject({ good: false, message: error_reason });
});

test("an answer without a result is bad news", () => {
  expect(of()).toMatchObject({ good: false, title: "Nothing was understood" });
});

test("where nobody listens at a workflow’s test URL it is said what it is", () => {
  const error_reason = "n8n.example.com has no webhook at this address (404).";
  const missing = { ...delivery, status: 404, error_code: "http_404", error_reason };
  const tested = { ...missing, address: "n8n.example.com/webhook-test/a" };
  const message = (sent: typeof missing) =>
    testVerdict({ delivery: sent, understood: [], notes: [] }).message;
  expect(message(missing)).toBe(error_reason);
  expect(message(tested)).toContain("This is the workflow’s test URL");
});
