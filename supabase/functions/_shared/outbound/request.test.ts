import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { PUBLIC_ONLY, parseAllowHosts } from "./policy.ts";
import { type OutboundOptions, request } from "./request.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A web server on loopback that is reached as http://<anything>.example. */
async function serve(
  handler: RequestListener,
): Promise<(url: string, options?: Partial<OutboundOptions>) => ReturnType<typeof request>> {
  const server = createServer({ keepAlive: false }, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  const policy = parseAllowHosts(`*.example=127.0.0.1:${port}`);
  return (url, options) => request(url, { policy, timeoutMs: 2_000, ...options });
}

/** A TCP server that does what it likes with the connection. */
async function serveRaw(handler: (socket: Socket) => void): Promise<OutboundOptions> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => sockets.delete(socket));
    socket.once("data", () => handler(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  return { policy: parseAllowHosts(`*.example=127.0.0.1:${port}`), timeoutMs: 2_000 };
}

const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe("request", () => {
  it("hands over status, final address, headers in lower case and the body", async () => {
    const get = await serve((_request, response) =>
      response.writeHead(404, { "X-Thing": "1", "Set-Cookie": ["a=1", "b=2"] }).end("nope"),
    );
    const response = await get("http://acme.example/x?y=1");
    expect(response).toMatchObject({
      status: 404,
      url: "http://acme.example/x?y=1",
      redirects: [],
      truncated: false,
    });
    expect(response.headers).toMatchObject({ "x-thing": "1", "set-cookie": "a=1, b=2" });
    expect(text(response.body)).toBe("nope");
  });

  it("sends method, headers, body and the Host of the address, not of the connection", async () => {
    const get = await serve(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { host, authorization } = incoming.headers;
      response.end(JSON.stringify([incoming.method, host, authorization, Buffer.concat(chunks).toString()]));
    });
    const response = await get("http://acme.example:8080/hook", {
      method: "post",
      headers: { Authorization: "s" },
      body: "héllo",
    });
    expect(JSON.parse(text(response.body))).toEqual(["POST", "acme.example:8080", "s", "héllo"]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("decompresses %s", async (encoding, compress) => {
    const get = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(compress("hello ".repeat(1000))),
    );
    expect(text((await get("http://acme.example")).body)).toHaveLength(6000);
  });

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ] as const)("stops a %s bomb at the limit of decompressed bytes", async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(8 * 1024 * 1024));
    const get = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(bomb),
    );
    await expect(get("http://acme.example", { maxBytes: 100_000 })).rejects.toMatchObject({
      code: "too_large",
    });
  });

  it("stops a body without end at the limit, or keeps the first bytes if asked to", async () => {
    const get = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
        response.once("drain", more);
      };
      more();
    });
    await expect(get("http://acme.example", { maxBytes: 100_000 })).rejects.toMatchObject({
      code: "too_large",
    });
    const kept = await get("http://acme.example", { maxBytes: 100_000, truncate: true });
    expect(kept.truncated).toBe(true);
    expect(kept.body).toHaveLength(100_000);
  });

  it("takes a body of exactly the limit", async () => {
    const get = await serve((_request, response) => response.end("x".repeat(1000)));
    expect((await get("http://acme.example", { maxBytes: 1000 })).body).toHaveLength(1000);
  });

  it("does not read a body that is not wanted", async () => {
    const get = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "video/mp4" }).end("x".repeat(1000)),
    );
    const response = await get("http://acme.example", {
      wantBody: (_status, headers) => headers["content-type"] !== "video/mp4",
    });
    expect(response.body).toHaveLength(0);
  });

  it("says when the compressed body is garbage, or compressed in a way nobody asked for", async () => {
    const get = await serve((incoming, response) =>
      response.writeHead(200, { "content-encoding": (incoming.url ?? "").slice(1) }).end("not gzip at all"),
    );
    await expect(get("http://acme.example/gzip")).rejects.toMatchObject({ code: "bad_response" });
    await expect(get("http://acme.example/zstd")).rejects.toMatchObject({ code: "bad_response" });
  });

  it("limits the headers", async () => {
    const get = await serve((_request, response) =>
      response.writeHead(200, { "x-long": "y".repeat(60_000) }).end(),
    );
    await expect(get("http://acme.example")).rejects.toMatchObject({ code: "too_large" });
  });

  it("gives up when the head, or the rest of the body, does not come in time", async () => {
    const get = await serve((incoming, response) => {
      if (incoming.url === "/body") response.writeHead(200).write("so far");
    });
    await expect(get("http://acme.example/head", { timeoutMs: 100 })).rejects.toMatchObject({
      code: "timeout",
    });
    await expect(get("http://acme.example/body", { timeoutMs: 100 })).rejects.toMatchObject({
      code: "timeout",
    });
  });

  it("gives up when DNS does not answer in time", async () => {
    const never = () => new Promise<string[]>(() => {});
    const asked = request("http://slow.test", { policy: PUBLIC_ONLY, timeoutMs: 50, resolver: never });
    await expect(asked).rejects.toMatchObject({ code: "timeout" });
  });

  it("stops with the caller's reason when the caller stops", async () => {
    const get = await serve(() => {});
    const controller = new AbortController();
    const asked = get("http://acme.example", { signal: controller.signal });
    controller.abort(new Error("slice over"));
    await expect(asked).rejects.toThrow("slice over");
  });

  it("tells a connection that breaks from one that never was", async () => {
    const cut = await serveRaw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"));
    await expect(request("http://acme.example", cut)).rejects.toMatchObject({ code: "reset" });
    const gone = await serveRaw((socket) => socket.resetAndDestroy());
    await expect(request("http://acme.example", gone)).rejects.toMatchObject({ code: "reset" });
    const garbage = await serveRaw((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    await expect(request("http://acme.example", garbage)).rejects.toMatchObject({ code: "bad_response" });
    const closed = { policy: parseAllowHosts("*.example=127.0.0.1:1") };
    await expect(request("http://acme.example", closed)).rejects.toMatchObject({ code: "connect_failed" });
  });

  it("says when there is no TLS where TLS should be", async () => {
    const get = await serve((_request, response) => response.end());
    await expect(get("https://acme.example")).rejects.toMatchObject({ code: "tls_failed" });
  });
});
