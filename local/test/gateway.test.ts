import { mkdir, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { Hono } from "hono";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type GatewayServices, gatewayApp } from "../src/gateway/app.ts";
import { hostName, isOurHost } from "../src/gateway/hosts.ts";
import { GatewayServer } from "../src/gateway/server.ts";
import { temporaryDirectory } from "./stack-support.ts";

/** A gateway whose REST answers with the length of what it was sent. */
function app(options: { appDir?: string } = {}) {
  const rest: GatewayServices["rest"] = new Hono();
  const realtime: GatewayServices["realtime"] = new Hono();
  rest.post("/rows", async (c) =>
    c.json({ length: (await c.req.text()).length }, 200, { "content-range": "0-0/1" }),
  );
  rest.delete("/rows", async (c) => c.json({ length: (await c.req.text()).length }));
  rest.get("/fails", () => {
    throw new Error("detail of an error");
  });
  const services = { rest, auth: new Hono(), storage: new Hono(), realtime, mailbox: new Hono() };
  const reports: unknown[] = [];
  return {
    reports,
    app: gatewayApp({
      ...services,
      publishableKey: "sb_publishable_x",
      appDir: options.appDir,
      report: (error) => reports.push(error),
    }),
  };
}

async function listen(host = "127.0.0.1") {
  const gateway = await GatewayServer.listen({ port: 0, host, report: () => {} });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** A request with any Host header, which fetch does not allow. */
function get(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers }, (response: IncomingMessage) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("upgrade", () => resolve({ status: 101, body: "" }));
    sent.on("error", reject);
    sent.end();
  });
}

describe("host names", () => {
  test.each(["127.0.0.1:54321", "localhost:1", "LOCALHOST", "app.localhost:5173", "[::1]:80", "127.1.2.3"])(
    "%s is ours",
    (host) => expect(isOurHost(host, "127.0.0.1")).toBe(true),
  );

  test.each([
    "evil.example",
    "evil.example:54321",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evillocalhost",
    "user@localhost",
    "localhost/evil",
    "evil.example#localhost",
    "0.0.0.0",
    "192.168.1.5",
    "",
    " ",
  ])("%j is not", (host) => expect(isOurHost(host, "127.0.0.1")).toBe(false));

  test("no domain of the internet's is ours, whatever the stack listens on", () => {
    fc.assert(
      fc.property(
        fc.domain(),
        fc.constantFrom("127.0.0.1", "0.0.0.0", "::", "stack.test"),
        (domain, host) => {
          if (!domain.endsWith(".localhost") && domain !== host) expect(isOurHost(domain, host)).toBe(false);
        },
      ),
    );
  });

  test("a configured name is ours; bound to every address, plain addresses are", () => {
    expect(isOurHost("stack.test:54321", "stack.test")).toBe(true);
    expect(isOurHost("192.168.1.5:54321", "0.0.0.0")).toBe(true);
    expect(isOurHost("[fe80::1]:54321", "::")).toBe(true);
  });

  test("the name is read as a browser reads it", () => {
    expect(hostName("EVIL.example:80")).toBe("evil.example");
    expect(hostName(undefined)).toBeNull();
  });
});

describe("the port", () => {
  test("refuses other names on every path, so that no page can rebind its name to this machine", async () => {
    const gateway = await listen();
    let reached = 0;
    const hono = new Hono();
    hono.all("*", (c) => {
      reached++;
      return c.text("reached");
    });
    gateway.open({
      app: hono,
      functions: async () => {
        reached++;
      },
      upgrade: () => {
        reached++;
      },
    });
    const host = `evil.example:${gateway.port}`;
    for (const path of ["/", "/config.json", "/rest/v1/notes", "/functions/v1/hello", "/mailbox"]) {
      expect((await get(gateway.port, path, { host })).status).toBe(403);
    }
    const upgrade = { host, connection: "upgrade", upgrade: "websocket" };
    expect((await get(gateway.port, "/realtime/v1/websocket", upgrade)).status).toBe(403);
    expect(reached).toBe(0);
    expect((await get(gateway.port, "/", { host: `localhost:${gateway.port}` })).body).toBe("reached");
  });

  test("takes a DELETE without a body, and a body that comes in chunks", async () => {
    const gateway = await listen();
    gateway.open({ app: app().app, functions: async () => {}, upgrade: () => {} });
    const rows = `http://127.0.0.1:${gateway.port}/rest/v1/rows`;
    const deleted = await fetch(rows, { method: "DELETE" });
    expect({ status: deleted.status, body: await deleted.json() }).toEqual({
      status: 200,
      body: { length: 0 },
    });
    const posted = await new Promise<string>((resolve, reject) => {
      const sent = request(rows, { method: "POST" }, (response) => text(response).then(resolve, reject));
      sent.on("error", reject);
      sent.write("some ");
      sent.end("rows");
    });
    expect(JSON.parse(posted)).toEqual({ length: 9 });
  });

  test("says that the stack is starting until it is ready", async () => {
    const gateway = await listen();
    expect((await fetch(`http://127.0.0.1:${gateway.port}/`)).status).toBe(503);
    gateway.open({ app: app().app, functions: async () => {}, upgrade: () => {} });
    expect((await fetch(`http://127.0.0.1:${gateway.port}/config.json`)).status).toBe(200);
  });

  test("closes within two seconds, also with a request that never ends", async () => {
    const gateway = await listen();
    gateway.open({ app: app().app, functions: () => new Promise(() => {}), upgrade: () => {} });
    const hanging = fetch(`http://127.0.0.1:${gateway.port}/functions/v1/x`).catch(
      (error: Error) => error.message,
    );
    await new Promise((resolve) => setImmediate(resolve));
    const begun = Date.now();
    await gateway.close();
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(await hanging).toBe("fetch failed");
  });

  test("takes no upgrade but the one of Realtime", async () => {
    const gateway = await listen();
    gateway.open({ app: app().app, functions: async () => {}, upgrade: () => {} });
    const upgrade = { connection: "upgrade", upgrade: "websocket" };
    expect((await get(gateway.port, "/rest/v1/notes", upgrade)).status).toBe(403);
  });
});

describe("the API", () => {
  test("config.json gives the URL it was asked by, the publishable key and that there is a mailbox, no more", async () => {
    const response = await app().app.request("http://localhost:1234/config.json");
    expect(await response.json()).toEqual({
      url: "http://localhost:1234",
      publishableKey: "sb_publishable_x",
      mailbox: true,
    });
  });

  test("pages of other origins may send what supabase-js sends and read the content range", async () => {
    const asked = "authorization, apikey, content-type, x-client-info, prefer, accept-profile, range";
    const preflight = await app().app.request("/rest/v1/rows", {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": asked,
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PATCH");
    const allowed = preflight.headers.get("access-control-allow-headers")?.split(/, ?/);
    expect(allowed).toEqual(asked.split(", "));
    const answer = await app().app.request("/rest/v1/rows", {
      method: "POST",
      body: "x",
      headers: { origin: "https://app.example" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("content-range");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });

  test("no page of another origin may read config.json or the mailbox", async () => {
    for (const path of ["/config.json", "/mailbox"]) {
      const response = await app().app.request(path, { headers: { origin: "https://app.example" } });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("a body of more than 50 MB is refused", async () => {
    const send = (size: number) =>
      app().app.request("/rest/v1/rows", { method: "POST", body: new Uint8Array(size) });
    expect((await send(1_000)).status).toBe(200);
    expect((await send(50_000_001)).status).toBe(413);
  });

  test("an unexpected error tells the caller nothing of itself", async () => {
    const { app: gateway, reports } = app();
    const response = await gateway.request("/rest/v1/fails");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("detail of an error");
    expect(reports).toEqual([new Error("detail of an error")]);
  });
});

describe("the web app", () => {
  let appDir: string;
  beforeAll(async () => {
    const { path, remove } = await temporaryDirectory();
    appDir = join(path, "dist");
    await mkdir(join(appDir, "assets"), { recursive: true });
    await writeFile(join(appDir, "index.html"), "<title>app</title>");
    await writeFile(join(appDir, "assets", "main-abc.js"), "1");
    await writeFile(join(path, "secret.txt"), "secret");
    return remove;
  });
  const get = (path: string) =>
    app({ appDir }).app.request(`http://127.0.0.1:54321${path}`, { headers: { host: "127.0.0.1:54321" } });

  test.each(["/", "/campaigns/1/companies?sort=name", "/index.html"])(
    "%s is the page, never cached blindly",
    async (path) => {
      const response = await get(path);
      expect(await response.text()).toBe("<title>app</title>");
      expect(response.headers.get("content-type")).toContain("text/html");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    },
  );

  test("assets are kept for ever, and missing ones are missing", async () => {
    const asset = await get("/assets/main-abc.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(asset.headers.get("content-type")).toContain("javascript");
    const missing = await get("/assets/gone.js");
    expect(missing.status).toBe(404);
    expect(missing.headers.get("cache-control")).toBe("no-cache");
  });

  test("pages may load from and talk to their own origin only, and be framed by nobody", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:54321;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });

  test.each(["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/%00"])(
    "%s does not leave the folder",
    async (path) => expect(await (await get(path)).text()).not.toContain("secret"),
  );

  test("an unknown path of the API is no page", async () => {
    for (const path of ["/rest/v1/unknown", "/auth/v1/unknown", "/storage/v1/unknown"]) {
      expect((await get(path)).status).toBe(404);
    }
  });
});
