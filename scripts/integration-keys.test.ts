import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StackError } from "../local/src/stack-error.ts";
import { parseKeyRing } from "../supabase/functions/_shared/integrations/key-ring.ts";
import { integrationKeys } from "./integration-keys.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "aim-keys-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("a data directory gets a key of its own, which only its owner may read, and keeps it", async () => {
  const made = integrationKeys(dataDir);
  expect(parseKeyRing(made)).toMatchObject([{ id: "local" }]);
  expect(integrationKeys(dataDir)).toBe(made);
  expect((await stat(join(dataDir, "integration-keys"))).mode & 0o777).toBe(0o600);
});

test("a damaged key is said to be damaged, and not replaced by one that opens nothing", async () => {
  await writeFile(join(dataDir, "integration-keys"), "local:AAAA");
  expect(() => integrationKeys(dataDir)).toThrow(StackError);
  expect(() => integrationKeys(dataDir)).toThrow("integration-keys is damaged");
});
