import { type Context, Hono } from "hono";
import { type ApiKeys, identify, Unauthorized } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import { callWithBody, callWithUrl } from "./call.ts";
import { RestError, toRestError } from "./errors.ts";
import { putRow } from "./put.ts";
import { readTable } from "./read.ts";
import { beginRequest, type Engine, type Env } from "./request.ts";
import { deleteRows, insertRows, updateRows } from "./write.ts";

export interface RestOptions extends Engine {
  keys: ApiKeys;
  tokens: Tokens;
  /** Hears of failures that the caller is told nothing about. */
  report: (error: unknown) => void;
}

/** PostgREST's protocol on /:table and /rpc/:function, for whoever the API key and the bearer token say. */
export function restApp(options: RestOptions): Hono<Env> {
  const app = new Hono<Env>();

  app.onError((error, c) => {
    if (c.req.raw.signal.aborted) return new Response(null, { status: 499 });
    const answer = toRestError(error, c.get("identity")?.role ?? "anon", options.report);
    return Response.json(answer, { status: answer.status });
  });

  app.use(async (c, next) => {
    c.set("identity", await identityOf(c, options));
    return next();
  });

  app.all("/rpc/:name", async (c) => {
    const request = beginRequest(c, options);
    const name = c.req.param("name");
    if (request.caller.readOnly) return callWithUrl(options, request, name);
    if (request.method !== "POST") throw unsupported(request.method);
    return callWithBody(options, request, name, await c.req.text());
  });

  app.all("/:table", async (c) => {
    const request = beginRequest(c, options);
    const name = c.req.param("table");
    switch (request.method) {
      case "GET":
      case "HEAD":
        return readTable(options, request, name);
      case "POST":
        return insertRows(options, request, name, await c.req.text());
      case "PATCH":
        return updateRows(options, request, name, await c.req.text());
      case "PUT":
        return putRow(options, request, name, await c.req.text());
      case "DELETE":
        return deleteRows(options, request, name);
      default:
        throw unsupported(request.method);
    }
  });

  app.all("/*", () => {
    throw new RestError(404, "PGRST125", "Invalid path specified in request URL");
  });

  return app;
}

async function identityOf(c: Context<Env>, { keys, tokens }: RestOptions) {
  try {
    return await identify(c.req.raw.headers, keys, tokens);
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    const code = error.message === "JWT expired" ? "PGRST303" : "PGRST301";
    throw new RestError(401, code, error.message);
  }
}

function unsupported(method: string): RestError {
  return new RestError(405, "PGRST117", `Unsupported HTTP method: ${method}`);
}
