import type { RedeliverResult } from "@contracts";
import { expect, test } from "vitest";
import { isResentWell, resentWords } from "./resent-words";

const taken: RedeliverResult = {
  delivery: {
    address: "n8n.example/webhook",
    sent_at: "2026-11-22T10:00:00Z",
    duration_ms: 12,
    request_headers: {},
    request_body: "{}",
    status: 200,
    response_body: "{}",
    error_code: null,
    error_reason: null,
  },
  completed: 0,
  accepted: 0,
  notes: [],
};

test("who sends a request again reads what came of it", () => {
  expect(resentWords({ ...taken, completed: 3 }).description).toBe("3 results used.");
  expect(resentWords({ ...taken, accepted: 1 }).description).toContain("1 result to come by callback");
  expect(resentWords(taken).description).toContain("Nothing changed");
  expect(isResentWell(taken)).toBe(true);
});

test("a failure says why", () => {
  const failed = {
    ...taken,
    delivery: { ...taken.delivery, status: 404, error_reason: "There is no webhook." },
  };
  expect(isResentWell(failed)).toBe(false);
  expect(resentWords(failed)).toEqual({
    title: "It was sent again and failed",
    description: "There is no webhook.",
  });
});
