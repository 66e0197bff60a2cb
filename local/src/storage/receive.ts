import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import Busboy from "@fastify/busboy";
import { invalid, StorageFault, tooLarge } from "./errors.ts";
import type { Files, Received } from "./files.ts";
import { allowsType } from "./names.ts";

/** A body on disk and what was said about it. */
export interface ReceivedBody {
  file: Received;
  contentType: string;
  cacheControl: string;
  userMetadata: Record<string, unknown> | null;
}

export interface Limits {
  /** Bytes. */
  maxBytes: number;
  /** Media types that the bucket takes; null is all. */
  types: string[] | null;
}

const maxFieldBytes = 64 * 1024;

/** Streams an upload's body to disk: the file of a multipart form, or else the body itself. */
export async function receiveBody(request: Request, files: Files, limits: Limits): Promise<ReceivedBody> {
  const contentType = request.headers.get("content-type") ?? "application/octet-stream";
  const isForm = contentType.startsWith("multipart/form-data");
  try {
    return await (isForm ? receiveForm : receiveRaw)(request, contentType, files, limits);
  } catch (error) {
    throw bodyFault(error, isForm) ?? error;
  }
}

/** What the client did wrong, when the error is of its making. */
function bodyFault(error: unknown, isForm: boolean): StorageFault | undefined {
  if (!(error instanceof Error) || error instanceof StorageFault) return undefined;
  if ("code" in error) {
    const cutOff = new StorageFault(400, "incomplete_body", "The upload was cut off before its end");
    return error.code === "ECONNRESET" ? cutOff : undefined;
  }
  // The form's parser throws plain errors.
  return isForm && error.name === "Error" ? invalid(`The form cannot be read: ${error.message}`) : undefined;
}

async function receiveRaw(
  request: Request,
  type: string,
  files: Files,
  limits: Limits,
): Promise<ReceivedBody> {
  const contentType = checkedType(type, limits.types);
  const metadata = request.headers.get("x-metadata");
  const described = {
    contentType,
    cacheControl: checkedCacheControl(request.headers.get("cache-control") ?? "no-cache"),
    userMetadata: parseUserMetadata(
      metadata === null ? null : Buffer.from(metadata, "base64").toString("utf8"),
    ),
  };
  if (Number(request.headers.get("content-length")) > limits.maxBytes) throw tooLarge();
  return { ...described, file: await files.receive(bodyOf(request), limits.maxBytes) };
}

/** The form's first file; the fields may come before or after it. */
async function receiveForm(
  request: Request,
  type: string,
  files: Files,
  limits: Limits,
): Promise<ReceivedBody> {
  const fields = new Map<string, string>();
  let part: Readable | undefined;
  let receiving: Promise<{ file: Received; contentType: string }> | undefined;
  const form = openForm(type);
  form.on("field", (name, value) => fields.set(name, value));
  form.on("file", (_field, stream, _name, _encoding, mimeType) => {
    part = stream;
    stream.on("error", () => {}); // `receiving` tells
    receiving = receiveFile(stream, mimeType, files, limits);
    receiving.catch((error: Error) => form.destroy(error)); // stops reading; the error is thrown below
  });
  try {
    await pipeline(bodyOf(request), form);
    if (!receiving) throw invalid("The form has no file");
    const { file, contentType } = await receiving;
    const maxAge = fields.get("cacheControl");
    return {
      file,
      contentType,
      cacheControl: checkedCacheControl(maxAge === undefined ? "no-cache" : `max-age=${maxAge}`),
      userMetadata: parseUserMetadata(fields.get("metadata") ?? null),
    };
  } catch (error) {
    part?.destroy(error instanceof Error ? error : undefined); // a body cut off leaves its last part open
    // The file's own failure is the reason; a file that did arrive goes again.
    const received = await receiving;
    if (received) await files.discard(received.file);
    throw error;
  }
}

function openForm(contentType: string) {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { files: 1, fields: 20, fieldSize: maxFieldBytes, headerPairs: 20 },
    });
  } catch {
    throw invalid("The form has no boundary");
  }
}

async function receiveFile(stream: Readable, mimeType: string, files: Files, limits: Limits) {
  const contentType = checkedType(mimeType, limits.types);
  return { contentType, file: await files.receive(stream, limits.maxBytes) };
}

function bodyOf(request: Request): Readable {
  if (!request.body) return Readable.from([]);
  return Readable.fromWeb(request.body as import("node:stream/web").ReadableStream); // Node's own type of the same class
}

/** A media type that is safe in a header and that the bucket takes. */
export function checkedType(contentType: string, allowed: string[] | null): string {
  const wellFormed = /^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(contentType) && contentType.length <= 255;
  if (!wellFormed || (allowed && !allowsType(allowed, contentType))) {
    throw new StorageFault(415, "invalid_mime_type", `mime type ${contentType} is not supported`);
  }
  return contentType;
}

/** A cache-control that is safe in a header. */
export function checkedCacheControl(value: string): string {
  if (!/^[\w=, -]{1,200}$/.test(value)) throw invalid("Invalid cache control");
  return value;
}

/** The JSON object of an upload's own metadata. */
export function parseUserMetadata(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  if (text.length > maxFieldBytes) throw invalid("The metadata is larger than 64 KB");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("The metadata is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("The metadata is not an object");
  }
  return { ...value };
}
