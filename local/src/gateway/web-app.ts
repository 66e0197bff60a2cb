import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/**
 * The security headers of the app's pages. `host` is the Host header of the request: not every browser takes 'self' to
 * include a WebSocket to the same place.
 */
function securityHeaders(host: string): Record<string, string> {
  const policy = [
    "default-src 'self'",
    `connect-src 'self' ws://${host}`,
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

/** Serves a built single-page app: its files, and index.html for every other page. */
export function webApp(folder: string): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders(c.req.header("host") ?? "")))
      c.header(name, value);
    // The build puts a hash of the content into the names of these, and of no other files.
    const forever = c.req.path.startsWith("/assets/") && c.res.ok;
    c.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
  });
  app.use(serveStatic({ root: folder }));
  // A missing file must not look like a page.
  app.get("/assets/*", (c) => c.text("Not found", 404));
  app.get("*", serveStatic({ path: join(folder, "index.html") }));
  return app;
}
