/** One row of net.http_request_queue. */
export interface QueuedRequest {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer | null;
  timeout_milliseconds: number;
}

/** One row of net._http_response, without its time. */
export interface RecordedResponse {
  id: string;
  status_code: number | null;
  content_type: string | null;
  headers: Record<string, string> | null;
  content: string | null;
  timed_out: boolean;
  error_msg: string | null;
}

const maxContentBytes = 5_000_000;

/** Sends one request and says what came of it; never rejects. Redirects are not followed, as pg_net does not. */
export async function send(request: QueuedRequest, signal: AbortSignal): Promise<RecordedResponse> {
  const timeout = AbortSignal.timeout(request.timeout_milliseconds);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body && new Uint8Array(request.body),
      redirect: "manual",
      signal: AbortSignal.any([timeout, signal]),
    });
    return {
      id: request.id,
      status_code: response.status,
      content_type: response.headers.get("content-type"),
      headers: Object.fromEntries(response.headers),
      content: await readText(response),
      timed_out: false,
      error_msg: null,
    };
  } catch (error) {
    return {
      id: request.id,
      status_code: null,
      content_type: null,
      headers: null,
      content: null,
      timed_out: timeout.aborted,
      error_msg: timeout.aborted ? `Timeout of ${request.timeout_milliseconds} ms reached` : reason(error),
    };
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxContentBytes) throw new Error(`The response is larger than ${maxContentBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  // Postgres' text cannot hold this character.
  return (text + decoder.decode()).replaceAll("\0", "");
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
