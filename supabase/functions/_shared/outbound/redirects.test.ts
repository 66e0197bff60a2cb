import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { PUBLIC_ONLY, parseAllowHosts } from "./policy.ts";
import { request } from "./request.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on loopback; the returned list fills with the requests it got. */
async function serve(handler: RequestListener): Promise<{ port: number; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    seen.push(incoming);
    handler(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  return { port, seen };
}

const to =
  (location: string, status = 302): RequestListener =>
  (incoming, response) =>
    incoming.url === "/" ? response.writeHead(status, { location }).end() : response.end("here");

describe("redirects", () => {
  it("are followed, and the way is told", async () => {
    const { port } = await serve(to("/b"));
    const response = await request("http://a.example", {
      policy: parseAllowHosts(`a.example=127.0.0.1:${port}`),
    });
    expect(response).toMatchObject({
      status: 200,
      url: "http://a.example/b",
      redirects: ["http://a.example/"],
    });
  });

  it.each([
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]/",
    "http://0x7f.1/",
    "//10.0.0.1/",
    "http://localhost/",
  ])("to %s are refused", async (location) => {
    const { port, seen } = await serve(to(location));
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    await expect(request("http://a.example", { policy })).rejects.toMatchObject({ code: "blocked_address" });
    expect(seen).toHaveLength(1);
  });

  it("to a name that resolves to a private address are refused", async () => {
    const { port } = await serve(to("http://rebind.test/"));
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    const asked = request("http://a.example", { policy, resolver: () => Promise.resolve(["192.168.1.1"]) });
    await expect(asked).rejects.toMatchObject({ code: "blocked_address" });
  });

  it.each(["file:///etc/passwd", "ftp://a.example/", "http://user:pw@a.example/", "gopher://x"])(
    "to %s are refused",
    async (location) => {
      const { port } = await serve(to(location));
      const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
      await expect(request("http://a.example", { policy })).rejects.toMatchObject({ code: "bad_url" });
    },
  );

  it("end after the limit, and at once when they go in a circle", async () => {
    const { port, seen } = await serve((incoming, response) => {
      const next = Number((incoming.url ?? "").replace(/\D/g, "")) + 1;
      response.writeHead(302, { location: incoming.url === "/loop" ? "/loop" : `/${next}` }).end();
    });
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    await expect(request("http://a.example/0", { policy })).rejects.toMatchObject({
      code: "too_many_redirects",
    });
    expect(seen).toHaveLength(6);
    await expect(request("http://a.example/loop", { policy })).rejects.toMatchObject({
      code: "too_many_redirects",
    });
    expect(seen).toHaveLength(7);
  });

  it("are handed back when none may be followed", async () => {
    const { port } = await serve(to("/b"));
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    expect(await request("http://a.example", { policy, maxRedirects: 0 })).toMatchObject({ status: 302 });
  });

  it("can be stopped by the caller before they are followed", async () => {
    const { port, seen } = await serve(to("/private"));
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    const stop = (url: URL) => {
      throw new Error(`not ${url.pathname}`);
    };
    await expect(request("http://a.example", { policy, beforeRedirect: stop })).rejects.toThrow(
      "not /private",
    );
    expect(seen).toHaveLength(1);
  });

  it("take no secret to another origin", async () => {
    const { port, seen } = await serve((incoming, response) =>
      incoming.headers.host === "a.example"
        ? response.writeHead(302, { location: "http://b.example/" }).end()
        : response.end(),
    );
    const policy = parseAllowHosts(`*.example=127.0.0.1:${port}`);
    const headers = { authorization: "secret", cookie: "s=1", "x-signature": "abc", "user-agent": "me" };
    await request("http://a.example", { policy, headers });
    expect(seen[1]?.headers).toMatchObject({ host: "b.example", "user-agent": "me" });
    expect(seen[1]?.headers).not.toHaveProperty("authorization");
    expect(seen[1]?.headers).not.toHaveProperty("cookie");
    expect(seen[1]?.headers).not.toHaveProperty("x-signature");
  });

  it.each([
    [303, "GET"],
    [302, "GET"],
    [307, "POST"],
    [308, "POST"],
  ])("with status %i turn a POST into a %s", async (status, method) => {
    const { port, seen } = await serve(to("/b", status));
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    await request("http://a.example", { policy, method: "POST", body: "x" });
    expect(seen[1]?.method).toBe(method);
    expect(seen[1]?.headers["content-length"]).toBe(method === "POST" ? "1" : undefined);
  });

  it("read a raw UTF-8 location as UTF-8", async () => {
    const { port } = await serve((incoming, response) => {
      if (incoming.url === "/")
        response.writeHead(302, { location: Buffer.from("/über").toString("latin1") }).end();
      else response.end();
    });
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    expect((await request("http://a.example", { policy })).url).toBe("http://a.example/%C3%BCber");
  });

  it("share one limit of time", async () => {
    const { port } = await serve((incoming, response) => {
      const next = Number((incoming.url ?? "").replace(/\D/g, "")) + 1;
      setTimeout(() => response.writeHead(302, { location: `/${next}` }).end(), 60);
    });
    const policy = parseAllowHosts(`a.example=127.0.0.1:${port}`);
    await expect(request("http://a.example/0", { policy, timeoutMs: 150 })).rejects.toMatchObject({
      code: "timeout",
    });
  });

  it("never leave loopback open by default", async () => {
    const { port, seen } = await serve((_incoming, response) => response.end());
    await expect(request(`http://127.0.0.1:${port}`, { policy: PUBLIC_ONLY })).rejects.toMatchObject({
      code: "blocked_address",
    });
    expect(seen).toHaveLength(0);
  });
});
