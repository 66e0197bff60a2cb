import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JWK } from "jose";
import { StackError } from "../stack-error.ts";
import { generateSigningKey } from "../tokens.ts";

export const loginRoles = [
  "supabase_admin",
  "postgres",
  "authenticator",
  "supabase_auth_admin",
  "supabase_storage_admin",
  "supabase_realtime_admin",
] as const;

export type LoginRole = (typeof loginRoles)[number];

/** Every secret of one data directory: made at random when it is new, kept in keys.json (mode 0600). */
export interface StackKeys {
  publishableKey: string;
  secretKey: string;
  /** Private ES256 key that signs users' tokens. */
  signingKey: JWK;
  /** Encrypts what is in the vault. */
  vaultKey: string;
  /** Database passwords by role. */
  passwords: Record<LoginRole, string>;
}

const random = (bytes = 24) => randomBytes(bytes).toString("base64url");

async function createKeys(): Promise<StackKeys> {
  return {
    publishableKey: `sb_publishable_${random()}`,
    secretKey: `sb_secret_${random()}`,
    signingKey: await generateSigningKey(),
    vaultKey: random(32),
    passwords: {
      supabase_admin: random(),
      postgres: random(),
      authenticator: random(),
      supabase_auth_admin: random(),
      supabase_storage_admin: random(),
      supabase_realtime_admin: random(),
    },
  };
}

/** Reads the directory's keys, or makes them if it has none. */
export async function loadKeys(directory: string): Promise<StackKeys> {
  const path = join(directory, "keys.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text !== null) {
    try {
      return JSON.parse(text) as StackKeys; // only this file writes it, and whole
    } catch (error) {
      throw new StackError(
        `${path} is damaged, and without it the data cannot be opened: restore it, or start over with a new data directory.`,
        { cause: error },
      );
    }
  }
  const keys = await createKeys();
  await writeFile(`${path}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return keys;
}
