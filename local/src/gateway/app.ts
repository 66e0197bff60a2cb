import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { startAuth } from "../auth/auth.ts";
import type { Realtime } from "../realtime/server.ts";
import type { startRest } from "../rest/rest.ts";
import type { Storage } from "../storage/server.ts";
import { webApp } from "./web-app.ts";

export interface GatewayServices {
  rest: Awaited<ReturnType<typeof startRest>>["app"];
  auth: Awaited<ReturnType<typeof startAuth>>["app"];
  storage: Storage["app"];
  realtime: Realtime["app"];
  mailbox: Hono;
}

export interface GatewayAppOptions extends GatewayServices {
  publishableKey: string;
  /** Folder of a built web app, if one is to be served. */
  appDir?: string | undefined;
  report: (error: unknown) => void;
}

const apiPaths = ["/rest/v1/*", "/auth/v1/*", "/storage/v1/*", "/realtime/v1/*"];
const maxBodyBytes = 50_000_000;

/** As hosted: pages of any origin may call the API (with a key, never with cookies) and read these headers. */
const apiCors = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"],
  exposeHeaders: [
    "content-encoding",
    "content-location",
    "content-range",
    "content-type",
    "date",
    "location",
    "preference-applied",
    "range-unit",
    "server",
    "transfer-encoding",
    "link",
    "x-total-count",
    "x-supabase-api-version",
    "tus-extension",
    "tus-max-size",
    "tus-resumable",
    "tus-version",
    "upload-length",
    "upload-metadata",
    "upload-offset",
  ],
  maxAge: 3600,
});

/** Everything on the port except edge functions and WebSockets. */
export function gatewayApp(options: GatewayAppOptions): Hono {
  const { rest, auth, storage, realtime, mailbox, publishableKey, appDir, report } = options;
  const app = new Hono();
  app.onError((error, c) => {
    report(error);
    return c.json({ message: "Internal Server Error" }, 500);
  });
  for (const path of apiPaths) app.use(path, apiCors);
  for (const path of ["/rest/v1/*", "/auth/v1/*"]) {
    app.use(
      path,
      bodyLimit({
        maxSize: maxBodyBytes,
        onError: (c) => c.json({ message: "Request body is too large" }, 413),
      }),
    );
  }
  app.route("/rest/v1", rest);
  app.route("/auth/v1", auth);
  app.route("/storage/v1", storage);
  app.route("/realtime/v1", realtime);
  app.route("/", mailbox);
  app.get("/config.json", (c) => {
    c.header("cache-control", "no-store");
    return c.json({ url: new URL(c.req.url).origin, publishableKey, mailbox: true });
  });
  for (const path of [...apiPaths, "/functions/v1/*"])
    app.all(path, (c) => c.json({ message: "Not found" }, 404));
  if (appDir !== undefined) app.route("/", webApp(appDir));
  return app;
}
