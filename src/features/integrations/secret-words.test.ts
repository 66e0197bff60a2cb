import { describe, expect, test } from "vitest";
import type { Integration } from "./queries";
import { checkSigningSecret, savedText, secretsOf } from "./secret-words";

const n8n: Integration = {
  id: "i",
  workspace_id: "w",
  kind: "n8n",
  name: "n8n",
  url: "https://n8n.example.com",
  auth_header: null,
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: null,
  burst: 1,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: 0,
  cache_days: 30,
  signing_secret_at: null,
  header_secret_at: null,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
};
const titles = (integration: Integration) => secretsOf(integration).map(({ title }) => title);

describe("secrets are asked for", () => {
  test("where they are used: n8n checks a signature, Clay a header", () => {
    expect(titles(n8n)).toEqual(["Signing secret"]);
    expect(titles({ ...n8n, kind: "clay", auth_header: "x-clay-webhook-auth" })).toEqual([
      "Value of x-clay-webhook-auth",
    ]);
    expect(titles({ ...n8n, auth_header: "X-Api-Key" })).toEqual(["Signing secret", "Value of X-Api-Key"]);
  });

  test("and one that is saved can be forgotten after its header lost its name", () => {
    expect(titles({ ...n8n, header_secret_at: "2026-01-01T00:00:00Z" })).toContain("Value of the header");
  });
});

test("a secret says when it was saved", () => {
  const [secret] = secretsOf({ ...n8n, signing_secret_at: "2026-11-19T12:00:00Z" });
  expect(secret && savedText(secret, new Date("2026-11-22T12:00:00Z"))).toBe("Saved 3 days ago");
});

test.each([
  ["secret", "base64"],
  ["whsec_", "base64"],
  [`whsec_${btoa("x".repeat(23))}`, "24 to 64 bytes"],
  [`whsec_${btoa("x".repeat(65))}`, "24 to 64 bytes"],
])("%s is refused as a signing secret with a reason", (text, reason) => {
  expect(checkSigningSecret(text)).toContain(reason);
});

test.each([24, 32, 64])("a signing secret of %i bytes is taken", (bytes) => {
  expect(checkSigningSecret(` whsec_${btoa("x".repeat(bytes))} `)).toBeNull();
});
