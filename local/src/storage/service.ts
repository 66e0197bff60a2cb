import type { Context } from "hono";
import type pg from "pg";
import { type ApiKeys, type Identity, identify } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import { invalid } from "./errors.ts";
import type { Files } from "./files.ts";
import type { UrlSigner } from "./url-signer.ts";

/** What the routes of Storage share. */
export interface StorageService {
  /** Connects as supabase_storage_admin. */
  pool: pg.Pool;
  files: Files;
  signer: UrlSigner;
  keys: ApiKeys;
  tokens: Tokens;
  /** The most bytes an object may have, whatever its bucket allows. */
  fileSizeLimit: number;
  /** Told of what went wrong without a caller to tell. */
  report: (error: Error) => void;
}

/** Who the request speaks for. Throws Unauthorized. */
export function callerOf(c: Context, { keys, tokens }: StorageService): Promise<Identity> {
  return identify(c.req.raw.headers, keys, tokens);
}

/** Removes the files of rows that are gone; one that stays is swept at the next start. */
export async function removeFiles(
  { files, report }: StorageService,
  versions: (string | null)[],
): Promise<void> {
  for (const version of versions) if (version) await files.remove(version).catch(report);
}

/** The JSON object of a request's body. Throws "invalid_request". */
export async function readJson(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json();
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("The body is not a JSON object");
  return { ...body };
}
