import { expect, test } from "vitest";
import { isTestAddress, productionUrl } from "./test-address";

test("the production URL of a workflow is its test URL with another path, and nothing else", () => {
  expect(productionUrl(" https://n8n.example/webhook-test/research?key=1 ")).toBe(
    "https://n8n.example/webhook/research?key=1",
  );
  expect(productionUrl("https://n8n.example/base/webhook-test/a/b")).toBe(
    "https://n8n.example/base/webhook/a/b",
  );
});

test.each([
  "https://n8n.example/webhook/research",
  "https://n8n.example/webhook/research?from=/webhook-test/x",
  "https://webhook-test.example/research",
  "https://n8n.example/webhook-tests/research",
  "",
])("%j is no test URL", (address) => {
  expect(productionUrl(address)).toBeNull();
  expect(isTestAddress(address)).toBe(false);
});

test("an address as it is kept, without its scheme, is known too", () => {
  expect(isTestAddress("n8n.example/webhook-test/research")).toBe(true);
});
