import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { Tokens } from "../tokens.ts";
import type { FunctionConfig } from "./config.ts";
import type { WorkerPool } from "./pool.ts";
import { secretHeader, type Worker } from "./worker.ts";

export interface RouterOptions {
  pool: WorkerPool;
  configOf: (name: string) => FunctionConfig | null;
  tokens: Tokens;
  /** To the first byte of the answer; hosted 150 s. */
  firstByteMs: number;
  report: (line: string) => void;
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
  secretHeader,
]);

/** Answers requests to /functions/v1/<name>…, streaming both ways, with hosted's errors. */
export function functionsRouter({ pool, configOf, tokens, firstByteMs, report }: RouterOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = "", rest = ""] = /^\/functions\/v1\/([^/?#]*)(.*)$/s.exec(request.url ?? "") ?? [];
    const config = configOf(name);
    if (!config) return fail(response, 404, "NOT_FOUND", "Requested function was not found");
    if (config.verifyJwt && request.method !== "OPTIONS") {
      const problem = await unauthorised(request.headers, tokens);
      if (problem) return fail(response, 401, "UNAUTHORIZED", problem);
    }
    const taken = await pool.take(name, config).catch((error: unknown) => {
      report(`function ${name} did not start: ${error instanceof Error ? error.message : error}`);
      return null;
    });
    if (!taken) return fail(response, 503, "BOOT_ERROR", "Function failed to start (please check logs)");
    if (response.destroyed) return; // the caller left while it started
    const onBroken = () => pool.retire(name, taken.worker);
    forward(request, response, { ...taken, path: `/${name}${rest}`, firstByteMs, onBroken });
  };
}

interface Target {
  worker: Worker;
  port: number;
  path: string;
  firstByteMs: number;
  /** The worker hung up without an answer. */
  onBroken: () => void;
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { worker, port, path, firstByteMs, onBroken }: Target,
): void {
  const upstream = httpRequest({
    host: "127.0.0.1",
    port,
    path,
    method: request.method,
    headers: { ...forwardedHeaders(request), [secretHeader]: worker.secret },
    agent: worker.agent,
  });
  const timer = setTimeout(() => {
    fail(response, 504, "IDLE_TIMEOUT", "Function did not respond in time");
    upstream.destroy();
  }, firstByteMs);
  upstream.on("response", (answer) => {
    clearTimeout(timer);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    // A worker that ends in the middle must not look like the end of the answer.
    answer.on("error", () => response.destroy());
  });
  upstream.on("error", () => {
    clearTimeout(timer);
    if (response.writableEnded) return; // answered: it took too long
    if (response.headersSent) response.destroy();
    else if (!response.destroyed) {
      onBroken();
      fail(response, 500, "WORKER_ERROR", "Function exited due to an error (please check logs)");
    }
  });
  response.on("close", () => {
    clearTimeout(timer);
    upstream.destroy();
  });
  request.pipe(upstream);
}

function forwardedHeaders(request: IncomingMessage): IncomingHttpHeaders {
  const { host } = request.headers;
  return {
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hopByHop.has(name))),
    "x-forwarded-for": request.socket.remoteAddress,
    "x-forwarded-host": host,
    "x-forwarded-proto": "http",
  };
}

/** What is wrong with the caller's token, or null. */
async function unauthorised(headers: IncomingHttpHeaders, tokens: Tokens): Promise<string | null> {
  const token = /^bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
  if (token === undefined) return "Missing authorization header";
  return tokens.verify(token).then(
    () => null,
    () => "Invalid JWT",
  );
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  const cors = { "access-control-allow-origin": "*", "content-type": "application/json" };
  response.writeHead(status, cors).end(JSON.stringify({ code, message }));
}
