import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Identity } from "../identity.ts";
import { findBucket } from "./buckets.ts";
import type { Received } from "./files.ts";
import { objectPath } from "./names.ts";
import { checkUpload, saveUpload, type Target, type Upload } from "./objects.ts";
import { type Limits, receiveBody } from "./receive.ts";
import { callerOf, removeFiles, type StorageService } from "./service.ts";

const uploadUrlSeconds = 2 * 3600;

/** POST and PUT /object/:bucket/:name, and the same through a signed URL. */
export function uploadRoutes(service: StorageService) {
  const app = new Hono();

  app.post("/object/upload/sign/:bucket/:name{.+}", async (c) => {
    const identity = await callerOf(c, service);
    const upsert = c.req.header("x-upsert") === "true";
    const target = { ...objectPath(c.req.param()), upsert };
    await checkUpload(service.pool, identity, target);
    const url = `${target.bucket}/${target.name}`;
    const { sub } = identity.claims;
    const grant = { upsert, ...(typeof sub === "string" && { owner: sub }) };
    const token = await service.signer.sign("upload", url, uploadUrlSeconds, grant);
    return c.json({ url: `/object/upload/sign/${encodeURI(url)}?token=${token}`, token });
  });

  app.put("/object/upload/sign/:bucket/:name{.+}", async (c) => {
    const { bucket, name } = objectPath(c.req.param());
    const grant = await service.signer.verify("upload", `${bucket}/${name}`, c.req.query("token") ?? "");
    // The policies were asked when the URL was signed.
    const claims = { role: "service_role", ...(grant.owner && { sub: grant.owner }) };
    const target = { bucket, name, upsert: grant.upsert === true };
    return upload(c, service, { role: "service_role", claims }, target);
  });

  app.post("/object/:bucket/:name{.+}", async (c) => {
    const upsert = c.req.header("x-upsert") === "true";
    return upload(c, service, await callerOf(c, service), { ...objectPath(c.req.param()), upsert });
  });

  app.put("/object/:bucket/:name{.+}", async (c) =>
    upload(c, service, await callerOf(c, service), { ...objectPath(c.req.param()), upsert: true }),
  );
  return app;
}

async function upload(c: Context, service: StorageService, identity: Identity, target: Target) {
  await checkUpload(service.pool, identity, target);
  const limits = await limitsOf(service, target.bucket);
  const { file, ...described } = await receiveBody(c.req.raw, service.files, limits);
  const id = await finishUpload(service, identity, target, file, described);
  return c.json({ Id: id, Key: `${target.bucket}/${target.name}` });
}

/** What the bucket takes. Throws "Bucket not found". */
export async function limitsOf(service: StorageService, bucket: string): Promise<Limits> {
  const { file_size_limit: limit, allowed_mime_types: types } = await findBucket(service.pool, bucket);
  return { maxBytes: Math.min(limit ?? service.fileSizeLimit, service.fileSizeLimit), types };
}

/**
 * Makes a received file an object and gives its id. The file is on disk before the row is committed and the file that
 * it replaces goes after, so a crash in between leaves a file to sweep but never a row without its file.
 */
export async function finishUpload(
  service: StorageService,
  identity: Identity,
  target: Target,
  file: Received,
  described: Omit<Upload, "version" | "size">,
): Promise<string> {
  const version = randomUUID();
  await service.files.keep(file, version);
  try {
    const saved = await saveUpload(service.pool, identity, target, {
      ...described,
      version,
      size: file.size,
    });
    await removeFiles(service, [saved.replaced]);
    return saved.id;
  } catch (error) {
    await removeFiles(service, [version]);
    throw error;
  }
}
