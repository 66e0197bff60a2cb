import { afterEach, expect, test, vi } from "vitest";
import { callbackUrl, integrationPage, integrationSettings } from "./settings.ts";

afterEach(() => vi.unstubAllEnvs());

test("what is not set is null; what is set is read", () => {
  for (const name of ["INTEGRATION_KEYS", "PUBLIC_URL", "APP_URL"]) vi.stubEnv(name, "");
  expect(integrationSettings()).toMatchObject({ ring: null, publicUrl: null, appUrl: null });
  vi.stubEnv("INTEGRATION_KEYS", `k1:${btoa("0".repeat(32))}`);
  vi.stubEnv("PUBLIC_URL", "https://api.example");
  expect(integrationSettings()).toMatchObject({ ring: [{ id: "k1" }], publicUrl: "https://api.example" });
});

test("what cannot be read is refused by name, and not repeated when it is a key", () => {
  vi.stubEnv("PUBLIC_URL", "api.example");
  expect(integrationSettings).toThrow("PUBLIC_URL is not an address");
  vi.stubEnv("PUBLIC_URL", "https://api.example");
  vi.stubEnv("INTEGRATION_KEYS", "k1:short");
  expect(integrationSettings).toThrow(/^INTEGRATION_KEYS: entry 1 is not "id:" and 32 bytes as base64.$/);
});

test("integrations call back to the functions, and their page is in the app", () => {
  const id = "8d5f0c6e-0000-4000-8000-000000000000";
  expect(callbackUrl("https://api.example", id)).toBe(
    `https://api.example/functions/v1/research-callback?integration=${id}`,
  );
  expect(integrationPage("https://app.example/", id)).toBe(`https://app.example/settings/integrations/${id}`);
});
