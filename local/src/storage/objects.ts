import { randomUUID } from "node:crypto";
import type pg from "pg";
import { inTransaction, rolledBack } from "../db/pool.ts";
import type { Identity } from "../identity.ts";
import { allowDeletes, asCaller, become } from "./database.ts";
import { objectNotFound } from "./errors.ts";
import { isUuid } from "./files.ts";

/** One row of storage.objects. */
export interface StoredObject {
  id: string;
  bucket_id: string;
  name: string;
  version: string | null;
  owner: string | null;
  owner_id: string | null;
  metadata: ObjectMetadata | null;
  user_metadata: Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
  last_accessed_at: Date;
}

/** What the Storage API itself writes about a file. */
interface ObjectMetadata {
  eTag: string;
  /** Bytes. */
  size: number;
  contentLength: number;
  mimetype: string;
  cacheControl: string;
  lastModified: string;
  httpStatusCode: 200;
}

/** Where an upload goes. */
export interface Target {
  bucket: string;
  name: string;
  /** Whether an object of that name is replaced; otherwise it is refused. */
  upsert: boolean;
}

/** What an upload brought. */
export interface Upload {
  version: string;
  size: number;
  contentType: string;
  cacheControl: string;
  userMetadata: Record<string, unknown> | null;
}

const columns =
  "id, bucket_id, name, version, owner, owner_id, metadata, user_metadata, created_at, updated_at, last_accessed_at";

/** Throws what Postgres would say to the upload's row: before a body is read, so that nobody uploads in vain. */
export function checkUpload(pool: pg.Pool, identity: Identity, target: Target): Promise<void> {
  const probe = { version: randomUUID(), size: 0, contentType: "", cacheControl: "", userMetadata: null };
  return rolledBack(pool, async (client) => {
    await become(client, identity);
    await writeRow(client, identity, target, probe);
  });
}

/** Writes the upload's row as the caller. Gives the object's id and the version it replaced. */
export function saveUpload(
  pool: pg.Pool,
  identity: Identity,
  target: Target,
  upload: Upload,
): Promise<{ id: string; replaced: string | null }> {
  return inTransaction(pool, async (client) => {
    // One upload of a name at a time: of two, the second must see the version that the first one made.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `${target.bucket}/${target.name}`,
    ]);
    const before = await findObject(client, target.bucket, target.name);
    await become(client, identity);
    const id = await writeRow(client, identity, target, upload);
    return { id: before?.id ?? id, replaced: before?.version ?? null };
  });
}

/** Without `returning`, which would need permission to read as well. Gives the id that a new row has. */
async function writeRow(
  client: pg.PoolClient,
  identity: Identity,
  target: Target,
  upload: Upload,
): Promise<string> {
  const id = randomUUID();
  const replace = target.upsert
    ? `on conflict (bucket_id, name) do update set version = excluded.version, owner = excluded.owner,
         owner_id = excluded.owner_id, metadata = excluded.metadata, user_metadata = excluded.user_metadata`
    : "";
  const { sub } = identity.claims;
  const owner = typeof sub === "string" && isUuid(sub) ? sub : null;
  await client.query(
    `insert into storage.objects (id, bucket_id, name, owner, owner_id, version, metadata, user_metadata)
     values ($1, $2, $3, $4, $5, $6, $7, $8) ${replace}`,
    [id, target.bucket, target.name, owner, owner, upload.version, toMetadata(upload), upload.userMetadata],
  );
  return id;
}

function toMetadata({ version, size, contentType, cacheControl }: Upload): ObjectMetadata {
  return {
    eTag: `"${version}"`,
    size,
    contentLength: size,
    mimetype: contentType,
    cacheControl,
    lastModified: new Date().toISOString(),
    httpStatusCode: 200,
  };
}

/** The object of a name as far as the queryer may see it. */
export async function findObject(
  client: pg.Pool | pg.PoolClient,
  bucket: string,
  name: string,
): Promise<StoredObject | undefined> {
  const { rows } = await client.query<StoredObject>(
    `select ${columns} from storage.objects where bucket_id = $1 and name = $2`,
    [bucket, name],
  );
  return rows[0];
}

/** The object, if the caller's policies let it be read. Throws "Object not found". */
export async function readableObject(pool: pg.Pool, identity: Identity, bucket: string, name: string) {
  const object = await asCaller(pool, identity, (client) => findObject(client, bucket, name));
  if (!object) throw objectNotFound();
  return object;
}

/** Removes the rows that the caller may remove and gives them; `names` null is the whole bucket. */
export function removeObjects(pool: pg.Pool, identity: Identity, bucket: string, names: string[] | null) {
  return asCaller(pool, identity, async (client) => {
    await allowDeletes(client);
    const { rows } = await client.query<StoredObject>(
      `delete from storage.objects where bucket_id = $1 and ($2::text[] is null or name = any ($2)) returning ${columns}`,
      [bucket, names],
    );
    return rows;
  });
}

/** The versions of all objects. */
export async function allVersions(pool: pg.Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ version: string }>(
    "select version from storage.objects where version is not null",
  );
  return new Set(rows.map((row) => row.version));
}
