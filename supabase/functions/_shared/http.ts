import { ApiError, errorResponse } from "./errors.ts";

/** The app may be on another origin; it sends a token, never a cookie. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, x-client-info, apikey, content-type",
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-expose-headers": "content-disposition",
};

/** Wraps a POST handler: answers preflights, refuses other methods, turns errors into responses, adds CORS headers. */
export function postHandler(handle: (request: Request) => Response | Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS });
    try {
      if (request.method !== "POST") throw new ApiError(405, "method_not_allowed", "Use POST.");
      const response = await handle(request);
      for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
      return response;
    } catch (error) {
      return errorResponse(error, CORS);
    }
  };
}

/** The JSON body, at most `maxBytes` long. */
export async function readJson(request: Request, maxBytes = 1_000_000): Promise<unknown> {
  return parseJson(new TextDecoder().decode(await readBytes(request, maxBytes)));
}

/** What a body says in JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "bad_json", "The request body is not JSON.");
  }
}

/** The body as it came, at most `maxBytes` long. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new ApiError(413, "too_large", "The request body is too large.");
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
