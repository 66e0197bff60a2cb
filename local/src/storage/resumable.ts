import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Server, type Upload } from "@tus/server";
import { Hono } from "hono";
import { type Identity, identify } from "../identity.ts";
import { StorageFault, tooLarge, toStorageFault, unexpected } from "./errors.ts";
import { isUuid } from "./files.ts";
import { objectPath } from "./names.ts";
import { checkUpload, type Target } from "./objects.ts";
import { checkedCacheControl, checkedType, parseUserMetadata } from "./receive.ts";
import type { StorageService } from "./service.ts";
import { finishUpload, limitsOf } from "./upload.ts";
import { isFinished, UploadStore } from "./upload-store.ts";

/** Every chunk but the last has this many bytes, as hosted wants it. */
export const chunkBytes = 6 * 1024 * 1024;

const expireEveryMs = 3600 * 1000;

/** What @tus/server shows to a client when a hook throws it. */
class TusRefusal extends Error {
  readonly status_code: number;
  readonly body: string;

  constructor({ status, message }: StorageFault) {
    super(message);
    this.status_code = status;
    this.body = message;
  }
}

/** /upload/resumable: the TUS protocol. `close` stops the removal of abandoned uploads. */
export function resumableRoutes(service: StorageService, path: string) {
  const store = new UploadStore(service.files.uploads);
  const finish = (identity: Identity, upload: Upload) =>
    store.finish(upload, () => makeObject(service, identity, upload));

  const server = new Server({
    path,
    datastore: store,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    getFileIdFromRequest: (_request, id) => (id !== undefined && isUuid(id) ? id : undefined),
    onUploadCreate: (request, upload) =>
      refusing(service, async () => {
        const identity = await identify(request.headers, service.keys, service.tokens);
        const upsert = request.headers.get("x-upsert") === "true";
        const metadata = await admit(service, identity, upload, upsert);
        checkChunk(request, upload);
        return { metadata };
      }),
    onIncomingRequest: (request, id) =>
      refusing(service, async () => {
        if (request.method === "POST") return;
        const identity = await identify(request.headers, service.keys, service.tokens);
        const upload = await store.getUpload(id);
        await resume(service, identity, upload);
        if (request.method === "PATCH") checkChunk(request, upload);
        // A crash came between the last byte and the object: the client is told "complete" only when it is.
        if (request.method === "HEAD" && upload.offset === upload.size) await finish(identity, upload);
      }),
    onUploadFinish: (request, upload) =>
      refusing(service, async () => {
        await finish(await identify(request.headers, service.keys, service.tokens), upload);
        return {};
      }),
  });

  const expire = () => server.cleanUpExpiredUploads().catch(service.report);
  const timer = setInterval(expire, expireEveryMs);
  expire();

  const app = new Hono();
  app.all("/", (c) => server.handleWeb(c.req.raw));
  app.all("/:id", (c) => server.handleWeb(c.req.raw));
  return { app, close: () => clearInterval(timer) };
}

/** Our errors in the form that @tus/server answers with; its own, which are no Errors, pass. */
async function refusing<T>({ report }: StorageService, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new TusRefusal(toStorageFault(error) ?? unexpected(error, report));
  }
}

/** Whether the upload may begin. Gives what is kept of it: nothing the client named that we do not know. */
async function admit(service: StorageService, identity: Identity, upload: Upload, upsert: boolean) {
  const { bucketName: bucket, objectName: name, contentType, cacheControl, metadata } = upload.metadata ?? {};
  if (!bucket || !name)
    throw new StorageFault(400, "invalid_request", "Upload-Metadata needs bucketName and objectName");
  const target: Target = { ...objectPath({ bucket, name }), upsert };
  await checkUpload(service.pool, identity, target);
  const { maxBytes, types } = await limitsOf(service, bucket);
  if ((upload.size ?? 0) > maxBytes) throw tooLarge();
  parseUserMetadata(metadata ?? null);
  return {
    bucketName: bucket,
    objectName: name,
    contentType: checkedType(contentType ?? "application/octet-stream", types),
    cacheControl: checkedCacheControl(cacheControl ? `max-age=${cacheControl}` : "no-cache"),
    metadata: metadata ?? null,
    upsert: String(upsert),
    owner: ownerOf(identity),
  };
}

/** Whether this caller began the upload and may still finish it; of a complete one the last step asks. */
async function resume(service: StorageService, identity: Identity, upload: Upload): Promise<void> {
  if (upload.metadata?.owner !== ownerOf(identity))
    throw new StorageFault(404, "not_found", "Upload not found");
  if (upload.offset !== upload.size) await checkUpload(service.pool, identity, targetOf(upload));
}

/** One who is not signed in is only a role. */
function ownerOf({ role, claims }: Identity): string {
  return typeof claims.sub === "string" ? `${role}:${claims.sub}` : role;
}

function targetOf({ metadata }: Upload): Target {
  const { bucketName: bucket, objectName: name, upsert } = metadata ?? {};
  return { ...objectPath({ bucket: bucket ?? "", name: name ?? "" }), upsert: upsert === "true" };
}

function checkChunk(request: { headers: Headers }, upload: Upload): void {
  if (isFinished(upload)) throw new StorageFault(410, "gone", "The upload is complete already");
  const length = Number(request.headers.get("content-length"));
  const isLast = upload.offset + length === upload.size;
  if (length === 0 || length === chunkBytes || isLast) return;
  throw new StorageFault(400, "invalid_request", "Every chunk but the last must have 6 MB (6291456 bytes)");
}

/** The file is on disk for good before it becomes an object's. */
async function makeObject(service: StorageService, identity: Identity, upload: Upload): Promise<void> {
  const path = join(service.files.uploads, upload.id);
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  const { contentType, cacheControl, metadata } = upload.metadata ?? {};
  await finishUpload(
    service,
    identity,
    targetOf(upload),
    { path, size: upload.size ?? 0 },
    {
      contentType: contentType ?? "application/octet-stream",
      cacheControl: cacheControl ?? "no-cache",
      userMetadata: parseUserMetadata(metadata ?? null),
    },
  );
}
