import { randomBytes } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { mayRead } from "./guard.ts";
import type { Outbox } from "./outbox.ts";
import { mailboxPage } from "./page.ts";

/**
 * The mails of a local stack: /mailbox for people, /mailbox.json for programs, newest first. They hold links that sign
 * anybody in, so only this machine may read them, by a loopback name or one of `hosts` ("stack.test"): mount it without
 * CORS headers.
 */
export function mailboxApp(outbox: Outbox, { hosts = [] }: { hosts?: readonly string[] } = {}): Hono {
  const app = new Hono();

  app.on("GET", ["/mailbox", "/mailbox.json"], async (c, next) => {
    const from = {
      remoteAddress: getConnInfo(c).remote.address,
      host: c.req.header("host"),
      origin: c.req.header("origin"),
    };
    if (!mayRead(from, hosts)) {
      return c.text("The mailbox is shown on this machine only: open it as http://127.0.0.1.", 403);
    }
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
    c.header("x-content-type-options", "nosniff");
    c.header("cross-origin-resource-policy", "same-origin");
    return next();
  });

  app.get("/mailbox", (c) => {
    const nonce = randomBytes(16).toString("base64url");
    const rest = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    c.header("content-security-policy", `default-src 'none'; style-src 'nonce-${nonce}'; ${rest}`);
    return c.html(mailboxPage(outbox.mails, nonce));
  });

  app.get("/mailbox.json", (c) => c.json(outbox.mails));

  return app;
}
