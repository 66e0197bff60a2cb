import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkHeader, checkUrl, type IntegrationSettings, readSettings, settingsText } from "./settings-form";

const settings: IntegrationSettings = {
  name: "Enrichment",
  url: "https://n8n.example.com/webhook/a",
  auth_header: "X-Api-Key",
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: 2.5,
  burst: 5,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: 0.02,
  cache_days: 30,
};

describe("an address", () => {
  test.each([
    ["", "Enter the address"],
    ["n8n.example.com/webhook", "begins with https://"],
    ["ftp://example.com", "begins with ftp:"],
    ["javascript:alert(1)", "begins with javascript:"],
    ["https://ada:secret@example.com", "user name and password"],
    ["https://example.com/a b", "no spaces"],
    [`https://example.com/${"a".repeat(2_000)}`, "too long"],
  ])("%s is refused with a reason", (address, reason) => {
    expect(checkUrl(address)).toContain(reason);
  });

  test.each(["https://example.com", " http://10.0.0.5:5678/webhook/x?y=1 "])("%s is taken", (address) => {
    expect(checkUrl(address)).toBeNull();
  });
});

test("a header's name that could carry another header is refused", () => {
  expect(checkHeader("X-Api-Key")).toBeNull();
  expect(checkHeader("")).toBeNull();
  expect(checkHeader("X: y\r\nHost")).toContain("letters, digits and hyphens");
});

describe("settings", () => {
  const shown = fc.record({
    name: fc.constant("Enrichment"),
    url: fc.webUrl(),
    auth_header: fc.constantFrom(null, "X-Api-Key"),
    batch_size: fc.integer({ min: 1, max: 100 }),
    max_in_flight: fc.integer({ min: 1, max: 200 }),
    requests_per_second: fc.option(fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100)),
    burst: fc.integer({ min: 1, max: 1_000 }),
    timeout_seconds: fc.integer({ min: 1, max: 80 }),
    deadline_seconds: fc.integer({ min: 60, max: 86_400 }),
    cost_per_job: fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 10_000),
    cache_days: fc.integer({ min: 0, max: 365 }),
  });

  test("that are shown and saved unchanged stay what they were", () => {
    fc.assert(
      fc.property(shown, (one) => {
        expect(readSettings("webhook", settingsText(one))).toEqual(one);
      }),
    );
  });

  test("of Clay send one row a request", () => {
    expect(readSettings("clay", settingsText(settings)).batch_size).toBe(1);
  });
});
