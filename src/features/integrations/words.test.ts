import { describe, expect, test } from "vitest";
import { clay } from "@/lib/test-integration";
import { missingText, paceText, savedWords } from "./words";

test("an integration says how much goes to it and what it costs", () => {
  expect(paceText(clay)).toBe(
    "1 company a request · up to 20 requests at once · at most 10 a second · 0.50 a job",
  );
  const free = { ...clay, batch_size: 10, requests_per_second: null, cost_per_job: 0 };
  expect(paceText(free)).toBe("10 companies a request · up to 20 requests at once");
});

describe("what is missing is said", () => {
  test("for a header whose value is not saved, and for requests that nobody signs", () => {
    expect(missingText(clay)).toBeNull();
    expect(missingText({ ...clay, header_secret_at: null })).toContain("x-clay-webhook-auth");
    expect(missingText({ ...clay, kind: "n8n", auth_header: null, header_secret_at: null })).toContain(
      "not signed",
    );
  });
});

test("who moves an integration to another host reads that its header's value is to be saved again", () => {
  expect(savedWords(clay, { ...clay, header_secret_at: null }).description).toContain("Save it again below");
  expect(savedWords(clay, clay).description).toBe("Requests from now on follow them.");
});
