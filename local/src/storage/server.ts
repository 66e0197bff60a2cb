import { mkdir } from "node:fs/promises";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openPool } from "../db/pool.ts";
import type { ApiKeys } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import { bucketRoutes } from "./buckets.ts";
import { downloadRoutes } from "./download.ts";
import { StorageFault, tooLarge, toStorageFault, unexpected } from "./errors.ts";
import { Files } from "./files.ts";
import { manageRoutes } from "./manage.ts";
import { allVersions } from "./objects.ts";
import { resumableRoutes } from "./resumable.ts";
import type { StorageService } from "./service.ts";
import { uploadRoutes } from "./upload.ts";
import { UrlSigner } from "./url-signer.ts";

export interface StorageOptions {
  /** Connection string of supabase_storage_admin, which has BYPASSRLS. */
  connection: string;
  /** Where files are kept; made when it is not there. Nobody else may write to it. */
  directory: string;
  keys: ApiKeys;
  tokens: Tokens;
  /** The most bytes an object may have, whatever its bucket allows; 50 MB unless told. */
  fileSizeLimit?: number;
  /** Told of what went wrong without a caller to tell. */
  report: (error: Error) => void;
}

export interface Storage {
  /** To be mounted at /storage/v1. */
  app: Hono;
  close(): Promise<void>;
}

const mountPath = "/storage/v1";
const maxJsonBytes = 1024 * 1024;
const defaultFileSizeLimit = 50 * 1024 * 1024;

/** The Storage API for private buckets, its files in a directory and its rows in storage.objects. */
export async function startStorage(options: StorageOptions): Promise<Storage> {
  const { connection, directory, keys, tokens, report, fileSizeLimit = defaultFileSizeLimit } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const [files, signer] = await Promise.all([Files.open(directory), UrlSigner.open(directory)]);
  const pool = openPool(
    { connectionString: connection, max: 6, application_name: "storage", statement_timeout: 30_000 },
    report,
  );
  try {
    await files.sweep(await allVersions(pool));
  } catch (error) {
    await pool.end();
    throw error;
  }

  const service: StorageService = { pool, files, signer, keys, tokens, fileSizeLimit, report };
  const resumable = resumableRoutes(service, `${mountPath}/upload/resumable`);
  const app = new Hono();
  app.onError((error, c) => {
    const fault = toStorageFault(error) ?? unexpected(error, report);
    return c.json(fault, fault.httpStatus);
  });
  // Everything but uploads, whose bodies are streamed and have the limits of their bucket.
  for (const path of ["/bucket/*", "/object/:bucket", "/object/list/*", "/object/sign/*"]) {
    app.use(path, bodyLimit({ maxSize: maxJsonBytes, onError: (c) => c.json(tooLarge(), 413) }));
  }
  app.route("/upload/resumable", resumable.app);
  app.route("/bucket", bucketRoutes(service));
  app.route("/", manageRoutes(service));
  // The first route that fits answers, and "sign" would do as a bucket: so uploads come last.
  app.route("/", downloadRoutes(service));
  app.route("/", uploadRoutes(service));
  app.all("/*", (c) =>
    c.json(new StorageFault(404, "not_found", `Not served: ${c.req.method} ${c.req.path}`), 404),
  );

  return {
    app,
    async close() {
      resumable.close();
      await pool.end();
    },
  };
}
