import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Source } from "../../contracts/sources.ts";
import { parseAllowHosts } from "../../outbound/policy.ts";
import type { JobOutcome } from "../provider.ts";
import { createWebProvider } from "../web/provider.ts";
import { nextAddress } from "./read-source.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = string | { status: number; headers?: Record<string, string>; body?: string };

/** Serves pages as fair.example and reads one of them with the web researcher. */
async function serve(pages: Record<string, Answer>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const page = pages[path] ?? { status: 404 };
    const { status, headers = {}, body = "" } = typeof page === "string" ? { status: 200, body: page } : page;
    const type = /^\s*[[{]/.test(body) ? "application/json" : "text/html";
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  const policy = parseAllowHosts(`*.example=127.0.0.1:${port}`);
  const provider = createWebProvider({ policy, limits: { pageTimeoutMs: 2_000 } });
  const read = async (path: string, source: Partial<Source>, page = 1): Promise<JobOutcome | undefined> => {
    const url = `http://fair.example${path}`;
    const job = {
      id: "1",
      attempt: 1,
      stage: "discover",
      subject: { page, url },
      source: { url, ...source },
    } as const;
    return (await provider.send([job])).get("1");
  };
  return { read, asked };
}

const found = (value: object) => ({ kind: "done", result: { stage: "discover", value } });

describe("a source that is JSON", () => {
  const source = {
    format: "json",
    items: "data.items",
    name: "title",
    website: "links.0.href",
    next: "paging.next",
  } as const;

  it("is read by paths; items without name and website are left out, numbers are texts", async () => {
    const items = [
      { title: "  Anvil\n Ltd ", links: [{ href: "anvil.example" }] },
      { title: 24, links: [] },
      { title: null },
      "a text",
      null,
    ];
    const { read, asked } = await serve({
      "/list": JSON.stringify({ data: { items }, paging: { next: "/list?after=5" } }),
    });
    expect(await read("/list", source)).toEqual(
      found({
        companies: [{ name: "Anvil Ltd", website: "anvil.example" }, { name: "24" }],
        has_more: true,
        next_url: "http://fair.example/list?after=5",
      }),
    );
    expect(asked).toEqual(["/list"]);
  });

  it("may be the list itself, of texts", async () => {
    const { read } = await serve({ "/": '["anvil.example", "rocket.example"]' });
    expect(await read("/", { format: "json", website: "." })).toEqual(
      found({ companies: [{ website: "anvil.example" }, { website: "rocket.example" }], has_more: true }),
    );
  });

  it("ends at a page without items, or one that does not exist after the first", async () => {
    const { read } = await serve({ "/empty": '{"data": {"items": []}, "paging": {"next": "/list"}}' });
    expect(await read("/empty", source)).toEqual(found({ companies: [], has_more: false }));
    expect(await read("/gone", source, 2)).toEqual(found({ companies: [], has_more: false }));
    expect(await read("/gone", source, 1)).toMatchObject({ kind: "failed", code: "not_found" });
  });

  it("says what is wrong with it", async () => {
    const big = JSON.stringify(Array.from({ length: 5_001 }, (_, n) => ({ title: `C${n}` })));
    const { read } = await serve({
      "/page": "<p>Hello",
      "/other": '{"data": {}}',
      "/big": big,
      "/busy": { status: 503 },
    });
    expect(await read("/page", source)).toMatchObject({ kind: "failed", code: "not_json" });
    expect(await read("/other", source)).toMatchObject({
      kind: "failed",
      code: "no_items",
      reason:
        "What http://fair.example/other answers has no list at “data.items”. Correct where the companies are.",
    });
    expect(await read("/big", { format: "json", name: "title" })).toMatchObject({
      kind: "failed",
      code: "too_many_companies",
    });
    expect(await read("/busy", source)).toMatchObject({ kind: "retry", code: "http_error" });
    expect(await read("/other", {})).toMatchObject({ kind: "failed", code: "bad_source" });
  });

  it("is never looked up in what every object has", async () => {
    const { read } = await serve({ "/": '{"data": [{}]}' });
    expect(await read("/", { format: "json", items: "data", name: "constructor.name" })).toEqual(
      found({ companies: [], has_more: true }),
    );
    expect(await read("/", { format: "json", items: "__proto__", name: "x" })).toMatchObject({
      code: "no_items",
    });
  });
});

describe("a source that is HTML", () => {
  const source = {
    format: "html",
    items: "ul.members > li",
    name: "h3",
    website: "a.site",
    next: "a[rel=next]",
  } as const;
  const page = `<base href="/fair/"><ul class="members">
    <li><h3>Anvil <b>Ltd</b></h3><a class="site" href="https://anvil.example/">Website</a></li>
    <li data-domain="rocket.example"><h3>Rocket</h3></li>
    <li>Advertisement</li>
  </ul><ul><li><h3>Footer</h3></li></ul><a rel="next" href="list?page=2">Next</a>`;

  it("is read by selectors; links give where they lead, seen from where they stand", async () => {
    const { read } = await serve({ "/list": page });
    expect(await read("/list", source)).toEqual(
      found({
        companies: [{ name: "Anvil Ltd", website: "https://anvil.example/" }, { name: "Rocket" }],
        has_more: true,
        next_url: "http://fair.example/fair/list?page=2",
      }),
    );
    expect(await read("/list", { ...source, website: "@data-domain", next: "h3" })).toEqual(
      found({
        companies: [{ name: "Anvil Ltd" }, { name: "Rocket", website: "rocket.example" }],
        has_more: true,
      }),
    );
  });

  it("is left alone where robots.txt asks for that", async () => {
    const { read } = await serve({ "/robots.txt": "User-agent: *\nDisallow: /", "/list": page });
    expect(await read("/list", source)).toMatchObject({ kind: "failed", code: "robots_disallowed" });
  });

  it("is not read with a selector that is not understood", async () => {
    const { read, asked } = await serve({ "/list": page });
    expect(await read("/list", { ...source, name: "h3:has(b)" })).toMatchObject({
      kind: "failed",
      code: "bad_source",
    });
    expect(asked).toEqual([]);
  });
});

it("a page of somebody else does not lead to what this installation alone may ask for", () => {
  const policy = parseAllowHosts("intern.example");
  const next = (to: string, from: string) => nextAddress(to, from, policy);
  expect(next("http://intern.example/", "https://fair.example/")).toBeNull();
  expect(next("/2", "http://intern.example/1")).toBe("http://intern.example/2");
  expect(next("https://other.example/2", "https://fair.example/")).toBe("https://other.example/2");
  expect(next("javascript:alert(1)", "https://fair.example/")).toBeNull();
});
