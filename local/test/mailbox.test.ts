import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayRead } from "../src/mailbox/guard.ts";
import { mailboxApp } from "../src/mailbox/mailbox.ts";
import { Outbox } from "../src/mailbox/outbox.ts";

const outbox = new Outbox();
let server: ServerType;
let port: number;
beforeAll(async () => {
  server = serve({
    fetch: mailboxApp(outbox, { hosts: ["stack.test"] }).fetch,
    port: 0,
    hostname: "127.0.0.1",
  });
  await new Promise((resolve) => server.once("listening", resolve));
  port = (server.address() as AddressInfo).port; // of a TCP server that listens
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** fetch sets the Host header itself, so this does not use it. */
function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; body: string; policy: unknown }>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode, body, policy: response.headers["content-security-policy"] }),
      );
    })
      .on("error", reject)
      .end();
  });
}

describe("the mailbox", () => {
  it("says so when it is empty", async () => {
    expect((await get("/mailbox")).body).toContain("No mail yet");
    expect(JSON.parse((await get("/mailbox.json")).body)).toEqual([]);
  });

  it("shows mails, newest first, with links that work and a page that runs nothing", async () => {
    outbox.add({
      to: "a@shop.test",
      subject: "First",
      text: "One",
      link: `http://127.0.0.1:${port}/x?a=1&b=2`,
    });
    outbox.add({ to: "b@shop.test", subject: "Second", text: "Two", code: "012345" });
    const { body, policy } = await get("/mailbox");
    expect(body.indexOf("Second")).toBeLessThan(body.indexOf("First"));
    expect(body).toContain(`href="http://127.0.0.1:${port}/x?a=1&amp;b=2"`);
    expect(body).toContain("012345");
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    const mails: unknown[] = JSON.parse((await get("/mailbox.json")).body);
    expect(mails).toMatchObject([
      { id: 2, to: "b@shop.test", code: "012345" },
      { id: 1, link: `http://127.0.0.1:${port}/x?a=1&b=2` },
    ]);
  });

  it("shows what is hostile in a mail as text", async () => {
    const script = "<script>alert(1)</script>";
    outbox.add({ to: `"${script}"@shop.test`, subject: script, text: script, link: "javascript:alert(1)" });
    const { body } = await get("/mailbox");
    expect(body).not.toContain("<script");
    expect(body).not.toContain('href="javascript:');
    expect(body).toContain("&lt;script&gt;");
  });

  it("keeps the latest mails only", () => {
    const small = new Outbox(2);
    for (const subject of ["1", "2", "3"]) small.add({ to: "a@shop.test", subject, text: "" });
    expect(small.mails.map(({ subject }) => subject)).toEqual(["3", "2"]);
  });

  it.each([
    ["a name that was made to lead here (DNS rebinding)", { host: "evil.example" }],
    ["a name that only begins like this machine's", { host: "127.0.0.1.evil.example" }],
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page of no site", { origin: "null" }],
  ])("is refused to %s", async (_, headers) => {
    for (const path of ["/mailbox", "/mailbox.json"]) {
      const { status, body } = await get(path, headers);
      expect(status).toBe(403);
      expect(body).not.toContain("First");
    }
  });

  it.each([
    "localhost:1234",
    "app.localhost",
    "127.0.0.1",
    "127.1.2.3:80",
    "[::1]:54321",
    "stack.test:54321",
  ])("is shown as %s", async (host) => {
    expect((await get("/mailbox", { host })).status).toBe(200);
  });
});

describe("mayRead", () => {
  const local = { remoteAddress: "127.0.0.1", host: "localhost", origin: undefined };

  it.each([undefined, "10.0.0.5", "::ffff:10.0.0.5", "fe80::1", "128.0.0.1"])(
    "refuses the address %s",
    (remoteAddress) => {
      expect(mayRead({ ...local, remoteAddress }, ["localhost"])).toBe(false);
    },
  );

  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("takes the address %s", (remoteAddress) => {
    expect(mayRead({ ...local, remoteAddress }, [])).toBe(true);
  });

  it.each([undefined, "", "not a host", "user@localhost:1@evil.example"])("refuses the host %j", (host) => {
    expect(mayRead({ ...local, host }, [])).toBe(false);
  });
});
