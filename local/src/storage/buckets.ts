import { Hono } from "hono";
import type pg from "pg";
import { allowDeletes, asCaller } from "./database.ts";
import { bucketNotFound, invalid, StorageFault } from "./errors.ts";
import { bucketName } from "./names.ts";
import { removeObjects } from "./objects.ts";
import { callerOf, readJson, removeFiles, type StorageService } from "./service.ts";

/** One row of storage.buckets. */
export interface Bucket {
  id: string;
  name: string;
  owner: string | null;
  public: boolean;
  /** Bytes. */
  file_size_limit: number | null;
  allowed_mime_types: string[] | null;
  created_at: Date;
  updated_at: Date;
}

const selectBuckets = `select id, name, owner, public, file_size_limit::float8, allowed_mime_types, created_at, updated_at
  from storage.buckets`;

/** The bucket of an id as far as the queryer may see it. Throws "Bucket not found". */
export async function findBucket(client: pg.Pool | pg.PoolClient, id: string): Promise<Bucket> {
  const { rows } = await client.query<Bucket>(`${selectBuckets} where id = $1`, [id]);
  if (!rows[0]) throw bucketNotFound();
  return rows[0];
}

/** /bucket: list, get, create, update, empty and delete, each as far as policies on storage.buckets let the caller. */
export function bucketRoutes(service: StorageService) {
  const { pool } = service;
  const app = new Hono();

  app.get("/", async (c) => {
    const identity = await callerOf(c, service);
    const { rows } = await asCaller(pool, identity, (client) =>
      client.query<Bucket>(`${selectBuckets} order by id`),
    );
    return c.json(rows);
  });

  app.get("/:id", async (c) => {
    const identity = await callerOf(c, service);
    return c.json(await asCaller(pool, identity, (client) => findBucket(client, c.req.param("id"))));
  });

  app.post("/", async (c) => {
    const identity = await callerOf(c, service);
    const { id, limit, types } = readBucket(await readJson(c));
    await asCaller(pool, identity, (client) =>
      client.query(
        "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ($1, $1, false, $2, $3)",
        [id, limit, types],
      ),
    );
    return c.json({ name: id });
  });

  app.put("/:id", async (c) => {
    const identity = await callerOf(c, service);
    const { id, limit, types } = readBucket({ ...(await readJson(c)), id: c.req.param("id") });
    const { rowCount } = await asCaller(pool, identity, (client) =>
      client.query("update storage.buckets set file_size_limit = $2, allowed_mime_types = $3 where id = $1", [
        id,
        limit,
        types,
      ]),
    );
    if (rowCount === 0) throw bucketNotFound();
    return c.json({ message: "Successfully updated" });
  });

  app.post("/:id/empty", async (c) => {
    const identity = await callerOf(c, service);
    const { id } = await asCaller(pool, identity, (client) => findBucket(client, c.req.param("id")));
    const removed = await removeObjects(pool, identity, id, null);
    await removeFiles(
      service,
      removed.map((object) => object.version),
    );
    return c.json({ message: "Successfully emptied" });
  });

  app.delete("/:id", async (c) => {
    const identity = await callerOf(c, service);
    const id = c.req.param("id");
    const { rowCount } = await asCaller(pool, identity, async (client) => {
      await allowDeletes(client);
      return client.query("delete from storage.buckets where id = $1", [id]);
    }).catch((error: unknown) => {
      const notEmpty = error instanceof Error && "code" in error && error.code === "23503";
      if (notEmpty)
        throw new StorageFault(409, "InvalidRequest", "The bucket you tried to delete is not empty");
      throw error;
    });
    if (rowCount === 0) throw bucketNotFound();
    return c.json({ message: "Successfully deleted" });
  });
  return app;
}

interface BucketSettings {
  id: string;
  limit: number | null;
  types: string[] | null;
}

function readBucket(body: Record<string, unknown>): BucketSettings {
  const { id, public: isPublic, file_size_limit: limit, allowed_mime_types: types } = body;
  if (typeof id !== "string") throw invalid("A bucket needs an id");
  if (isPublic === true) throw invalid("Public buckets are not served: use a private one and signed URLs");
  return { id: bucketName(id), limit: readSize(limit), types: readTypes(types) };
}

const units = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes of 5242880 or "5MB". */
function readSize(size: unknown): number | null {
  if (size === null || size === undefined) return null;
  const [, digits, unit] = /^(\d{1,15})\s*(b|kb|mb|gb)?$/i.exec(String(size)) ?? [];
  if (digits === undefined) throw invalid("file_size_limit is a number of bytes or a size like 5MB");
  const known = Object.entries(units).find(([name]) => name === (unit ?? "b").toLowerCase());
  return Number(digits) * (known?.[1] ?? 1);
}

function readTypes(types: unknown): string[] | null {
  if (types === null || types === undefined) return null;
  if (
    !Array.isArray(types) ||
    types.some((type) => typeof type !== "string" || !/^[\w*.+-]+\/[\w*.+-]+$/.test(type))
  ) {
    throw invalid("allowed_mime_types is a list of types like text/csv or image/*");
  }
  return types;
}
