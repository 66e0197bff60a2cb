import { Readable } from "node:stream";
import { type Context, type Env, Hono } from "hono";
import { invalid, objectNotFound, StorageFault } from "./errors.ts";
import { attachment, bucketName, objectName, objectPath } from "./names.ts";
import { findObject, readableObject, type StoredObject } from "./objects.ts";
import { parseRange } from "./range.ts";
import { callerOf, readJson, type StorageService } from "./service.ts";

const maxSignedPaths = 500;

/** GET, HEAD and info of objects, by policy or by signed URL, and the making of signed URLs. */
export function downloadRoutes(service: StorageService) {
  const { pool, signer } = service;
  const app = new Hono();

  /** The path and token that a client appends to its storage URL. */
  const sign = async (bucket: string, name: string, seconds: number) => {
    const token = await signer.sign("download", `${bucket}/${name}`, seconds);
    return `/object/sign/${bucket}/${name}?token=${token}`;
  };

  app.get("/object/sign/:bucket/:name{.+}", async (c) => {
    const { bucket, name } = objectPath(c.req.param());
    await signer.verify("download", `${bucket}/${name}`, c.req.query("token") ?? "");
    const object = await findObject(pool, bucket, name);
    if (!object) throw objectNotFound();
    return serve(c, service, object);
  });

  app.post("/object/sign/:bucket/:name{.+}", async (c) => {
    const identity = await callerOf(c, service);
    const { bucket, name } = objectPath(c.req.param());
    const seconds = readSeconds((await readJson(c)).expiresIn);
    await readableObject(pool, identity, bucket, name);
    return c.json({ signedURL: await sign(bucket, name, seconds) });
  });

  app.post("/object/sign/:bucket", async (c) => {
    const identity = await callerOf(c, service);
    const bucket = bucketName(c.req.param("bucket"));
    const { expiresIn, paths } = await readJson(c);
    const seconds = readSeconds(expiresIn);
    const signed = readPaths(paths).map(async (path) => {
      try {
        await readableObject(pool, identity, bucket, objectName(path));
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        return {
          error: "Either the object does not exist or you do not have access to it",
          path,
          signedURL: null,
        };
      }
      return { error: null, path, signedURL: await sign(bucket, path, seconds) };
    });
    return c.json(await Promise.all(signed));
  });

  const download = async (c: Context<Env, "/:bucket/:name{.+}">) => {
    const { bucket, name } = objectPath(c.req.param());
    return serve(c, service, await readableObject(pool, await callerOf(c, service), bucket, name));
  };
  const info = async (c: Context<Env, "/:bucket/:name{.+}">) => {
    const { bucket, name } = objectPath(c.req.param());
    return c.json(describe(await readableObject(pool, await callerOf(c, service), bucket, name)));
  };
  app.get("/object/info/authenticated/:bucket/:name{.+}", info);
  app.get("/object/info/:bucket/:name{.+}", info);
  app.get("/object/authenticated/:bucket/:name{.+}", download);
  app.get("/object/:bucket/:name{.+}", download);
  return app;
}

function readSeconds(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw invalid("expiresIn is a whole number of seconds, at least 1");
}

function readPaths(paths: unknown): string[] {
  const usable =
    Array.isArray(paths) && paths.length <= maxSignedPaths && paths.every((path) => typeof path === "string");
  if (!usable) throw invalid(`paths is a list of at most ${maxSignedPaths} object names`);
  return paths;
}

function describe({ metadata, user_metadata, ...object }: StoredObject) {
  return {
    id: object.id,
    name: object.name,
    version: object.version,
    bucket_id: object.bucket_id,
    size: metadata?.size ?? null,
    content_type: metadata?.mimetype ?? null,
    cache_control: metadata?.cacheControl ?? null,
    etag: metadata?.eTag ?? null,
    metadata: user_metadata,
    last_modified: metadata?.lastModified ?? null,
    created_at: object.created_at,
  };
}

/** Streams the file, or the range asked for. A browser never runs what is in it. */
async function serve(c: Context, { files }: StorageService, object: StoredObject): Promise<Response> {
  const { version, metadata } = object;
  const size = version === null ? undefined : await files.size(version);
  if (version === null || size === undefined || metadata === null) throw objectNotFound();
  const headers = headersOf(c, object.name, metadata);
  if (
    c.req
      .header("if-none-match")
      ?.split(/\s*,\s*/)
      .includes(metadata.eTag)
  ) {
    return new Response(null, { status: 304, headers });
  }
  const ifRange = c.req.header("if-range");
  const range =
    ifRange === undefined || ifRange === metadata.eTag ? parseRange(c.req.header("range"), size) : null;
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
  }
  headers.set("content-length", String(range ? range.end - range.start + 1 : size));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${size}`);
  const status = range ? 206 : 200;
  // HEAD is routed as GET: a file opened for it would never be read to its end.
  if (c.req.method === "HEAD" || size === 0) return new Response(null, { status, headers });
  return new Response(toWeb(files.read(version, range)), { status, headers });
}

function headersOf(c: Context, name: string, metadata: NonNullable<StoredObject["metadata"]>): Headers {
  const isHtml = /^(text\/html|application\/xhtml\+xml)\b/i.test(metadata.mimetype);
  const headers = new Headers({
    "accept-ranges": "bytes",
    "content-type": isHtml ? "text/plain" : metadata.mimetype,
    "cache-control": metadata.cacheControl,
    etag: metadata.eTag,
    "last-modified": new Date(metadata.lastModified).toUTCString(),
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  const saveAs = c.req.query("download");
  if (saveAs !== undefined) {
    headers.set("content-disposition", attachment(saveAs || (name.split("/").at(-1) ?? name)));
  }
  return headers;
}

function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>; // node:stream/web's type of the same class
}
