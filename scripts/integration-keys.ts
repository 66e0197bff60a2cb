import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "../local/src/stack-error.ts";
import { parseKeyRing } from "../supabase/functions/_shared/integrations/key-ring.ts";

/** The INTEGRATION_KEYS of a data directory that this process holds; made when there are none yet. Throws a StackError. */
export function integrationKeys(dataDir: string): string {
  const path = join(dataDir, "integration-keys");
  const known = readIfThere(path);
  if (known === null) {
    const made = `local:${randomBytes(32).toString("base64")}`;
    writeFileSync(`${path}.new`, made, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return made;
  }
  try {
    parseKeyRing(known);
    return known;
  } catch (error) {
    throw new StackError(
      `${path} is damaged, and without it the secrets of integrations cannot be opened: restore it, or remove it and save them again.`,
      { cause: error },
    );
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
