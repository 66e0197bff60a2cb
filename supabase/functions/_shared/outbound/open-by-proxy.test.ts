import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import https from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import {
  type ConnectProxy,
  PROXY_PASSWORD,
  startConnectProxy,
} from "../../../../tests/support/connect-proxy.ts";
import { PUBLIC_ONLY, parseAllowHosts } from "./policy.ts";
import { parseProxies } from "./proxies.ts";
import { ProxyPool } from "./proxy-pool.ts";
import { type OutboundOptions, request } from "./request.ts";

const PUBLIC = "93.184.216.34";
const tlsFiles = join(import.meta.dirname, "../../../../tests/fixtures/tls");

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port; // A TCP server that listens has a port.
}

/** A website that the proxy finds at a public address, and requests through that proxy and others. */
async function proxied(answer: RequestListener, before: string[] = []) {
  const site = createServer({ keepAlive: false }, answer);
  const proxy = await startConnectProxy({ [`${PUBLIC}:80`]: await listen(site) });
  closers.push(() => site.closeAllConnections(), proxy.close);
  const pool = poolOf([...before, proxy.url]);
  const get = (url: string, options: Partial<OutboundOptions> = {}) =>
    request(url, {
      policy: PUBLIC_ONLY,
      proxies: pool,
      timeoutMs: 10_000,
      resolver: () => Promise.resolve([PUBLIC]),
      ...options,
    });
  return { get, proxy, pool };
}

function poolOf(entries: string[]): ProxyPool {
  const ways = parseProxies(entries.join(","));
  if (!ways) throw new Error("no proxies");
  return new ProxyPool(ways);
}

/** A port that nothing listens on. */
const deadProxy = () => "http://ann:hidden@127.0.0.1:1";

const hello: RequestListener = ({ url, headers, method }, response) =>
  response.end(JSON.stringify([method, url, headers.host, headers["proxy-authorization"] ?? null]));
const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe("a request by a proxy", () => {
  it("reaches the address that was checked, and the site sees nothing of the proxy's password", async () => {
    const { get, proxy } = await proxied(hello);
    const response = await get("http://acme.example/page?x=1", { method: "POST", body: "b" });
    expect(JSON.parse(text(response.body))).toEqual(["POST", "/page?x=1", "acme.example", null]);
    expect(proxy.asked).toEqual([`${PUBLIC}:80`]);
  });

  it("is not made to a private address, and a redirect to one is not followed", async () => {
    const { get, proxy } = await proxied((_request, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
    );
    const resolver = () => Promise.resolve(["10.0.0.1"]);
    await expect(get("http://acme.example", { resolver })).rejects.toMatchObject({ code: "blocked_address" });
    expect(proxy.asked).toEqual([]);
    await expect(get("http://acme.example")).rejects.toMatchObject({ code: "blocked_address" });
    expect(proxy.asked).toEqual([`${PUBLIC}:80`]);
  });

  it("is made without one to a host that the installation names an exception", async () => {
    const port = await listen(createServer({ keepAlive: false }, hello));
    const { get, proxy } = await proxied(hello);
    const policy = parseAllowHosts(`acme.example=127.0.0.1:${port}`);
    expect((await get("http://acme.example/own", { policy })).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it("goes on by the next proxy when one is dead, wants another password, or is none; and those rest", async () => {
    const silent = createTcpServer((socket) =>
      socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    );
    const none = `http://127.0.0.1:${await listen(silent)}`;
    const { get, proxy, pool } = await proxied(hello, [deadProxy(), none]);
    const stranger = proxy.url.replace(encodeURIComponent(PROXY_PASSWORD), "wrong");
    const all = poolOf([deadProxy(), none, stranger, proxy.url]);
    expect((await get("http://acme.example", { proxies: all })).status).toBe(200);
    expect(all.takeLearned().map(({ failures, opened }) => [failures, opened])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect((await get("http://acme.example")).status).toBe(200);
    expect(pool.takeLearned().map(({ failures }) => failures)).toEqual([1, 1, 0]);
  });

  it("says whether the proxies or the site failed, and nothing about the proxies", async () => {
    const { get, proxy } = await proxied(hello, [deadProxy()]);
    proxy.answerWith(500);
    const ours = await get("http://acme.example").catch((error: unknown) => error);
    expect(ours).toMatchObject({ code: "proxy_failed" });
    const { get: again, proxy: sound } = await proxied(hello);
    sound.answerWith(502);
    const theirs = await again("http://acme.example").catch((error: unknown) => error);
    expect(theirs).toMatchObject({ code: "connect_failed" });
    for (const error of [ours, theirs]) {
      expect(String(error)).toMatch(/acme\.example/);
      expect(String(error)).not.toMatch(/hidden|127\.0\.0\.1/);
    }
  });

  it("stops with the caller, also while a proxy says nothing", async () => {
    const port = await listen(createTcpServer((socket) => socket.on("error", () => {})));
    const { get } = await proxied(hello);
    const proxies = poolOf([`http://127.0.0.1:${port}`]);
    await expect(get("http://acme.example", { proxies, timeoutMs: 100 })).rejects.toMatchObject({
      code: "timeout",
    });
    const signal = AbortSignal.abort(new Error("slice over"));
    await expect(get("http://acme.example", { proxies, signal })).rejects.toThrow("slice over");
    expect(proxies.takeLearned()).toEqual([]);
  });
});

describe("a secure request by a proxy", () => {
  /** The name that the site was asked for by, and the proxy it is behind. */
  async function secureSite(): Promise<{ names: string[]; proxy: ConnectProxy }> {
    const [key, cert] = await Promise.all(
      ["site-key.pem", "site.pem"].map((file) => readFile(join(tlsFiles, file))),
    );
    const names: string[] = [];
    const site = https.createServer({
      key,
      cert,
      SNICallback(name, done) {
        names.push(name);
        done(null);
      },
    });
    site.on("request", hello).on("tlsClientError", () => {});
    const proxy = await startConnectProxy({ [`${PUBLIC}:443`]: await listen(site) });
    closers.push(() => site.closeAllConnections(), proxy.close);
    return { names, proxy };
  }

  it("asks for the site by its name, and goes no further without a certificate that holds", async () => {
    const { names, proxy } = await secureSite();
    const options = {
      policy: PUBLIC_ONLY,
      proxies: poolOf([proxy.url]),
      resolver: () => Promise.resolve([PUBLIC]),
    };
    await expect(request("https://secure.example/", options)).rejects.toMatchObject({ code: "tls_failed" });
    expect(names).toEqual(["secure.example"]);
    expect(options.proxies.takeLearned()).toMatchObject([{ failures: 0, opened: 1 }]);
  });

  it("reads a site whose certificate holds for that name or address, and no other", async () => {
    const { proxy } = await secureSite();
    const script = `
      import { request } from "./request.ts";
      import { PUBLIC_ONLY } from "./policy.ts";
      import { parseProxies } from "./proxies.ts";
      import { ProxyPool } from "./proxy-pool.ts";
      const options = { policy: PUBLIC_ONLY, proxies: new ProxyPool(parseProxies(process.env.PROXIES)), resolver: async () => ["${PUBLIC}"] };
      const told = ["secure.example", "${PUBLIC}", "other.example"].map((host) =>
        request("https://" + host + "/", options).then(({ status }) => status, ({ code }) => code));
      console.log(JSON.stringify(await Promise.all(told)));`;
    // Which authorities are trusted is said when a process starts.
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: join(tlsFiles, "authority.pem"),
      PROXIES: proxy.url,
    };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", script],
      { cwd: import.meta.dirname, env },
    );
    expect(JSON.parse(stdout)).toEqual([200, 200, "tls_failed"]);
  });
});
