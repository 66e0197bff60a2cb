import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { OutboundError, toOutboundError } from "./errors.ts";

/** The encodings `readBody` understands, as an accept-encoding header. */
export const ACCEPT_ENCODING = "gzip, deflate, br";

export interface Body {
  bytes: Uint8Array;
  /** True when the body went on after `maxBytes` and the rest was not read. */
  truncated: boolean;
}

/**
 * Reads and decompresses a response. `maxBytes` counts decompressed bytes as they appear, so a compression bomb
 * costs no more than an honest page. Past it: with `truncate` the first `maxBytes` are kept, else OutboundError
 * `too_large`. The connection is closed either way. Other errors: `reset`, `bad_response`.
 */
export async function readBody(
  response: IncomingMessage,
  host: string,
  limits: { maxBytes: number; truncate: boolean },
): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of decoded(response, host)) {
      // A stream of bytes without an encoding set yields buffers.
      const bytes = chunk as Uint8Array;
      const room = limits.maxBytes - size;
      if (bytes.byteLength > room) {
        if (!limits.truncate) throw tooLarge(host, limits.maxBytes);
        chunks.push(bytes.subarray(0, room));
        return { bytes: join(chunks, limits.maxBytes), truncated: true };
      }
      chunks.push(bytes);
      size += bytes.byteLength;
    }
    if (!response.complete) throw new OutboundError("reset", `${host} closed the connection early`);
    return { bytes: join(chunks, size), truncated: false };
  } catch (error) {
    throw toOutboundError(error, host);
  } finally {
    response.destroy();
  }
}

function decoded(response: IncomingMessage, host: string): Readable {
  const encoding = (response.headers["content-encoding"] ?? "").trim().toLowerCase();
  if (encoding === "" || encoding === "identity") return response;
  // As browsers do: a stream that ends without its trailer still gives what it held.
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  const decoder =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip(flush)
      : encoding === "deflate"
        ? createInflate(flush)
        : encoding === "br"
          ? createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })
          : null;
  if (!decoder) throw new OutboundError("bad_response", `${host} sent a compression that was not asked for`);
  response.on("error", (error) => decoder.destroy(error));
  decoder.on("close", () => response.destroy());
  return response.pipe(decoder);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(host: string, maxBytes: number): OutboundError {
  const megabytes = Number((maxBytes / 1_048_576).toPrecision(2));
  return new OutboundError("too_large", `${host} sent more than ${megabytes} MB`);
}
