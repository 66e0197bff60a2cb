import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parseAllowHosts } from "../../outbound/policy.ts";
import type { CompanyJob, JobOutcome } from "../provider.ts";
import { USER_AGENT, type WebLimits } from "./limits.ts";
import { createWebProvider } from "./provider.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Site = Record<string, string | RequestListener>;

/** Serves a site as acme.example and runs jobs on it; `asked` is what was requested, in order. */
async function serve(site: Site, limits: Partial<WebLimits> = {}) {
  const asked: string[] = [];
  const agents = new Set<string | undefined>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(`${request.headers.host}${path}`);
    agents.add(request.headers["user-agent"]);
    const page = site[path];
    if (page === undefined) response.writeHead(404).end();
    else if (typeof page === "string")
      response
        .writeHead(200, { "content-type": path === "/robots.txt" ? "text/plain" : "text/html" })
        .end(page);
    else page(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  const provider = createWebProvider({
    policy: parseAllowHosts(`*.example=127.0.0.1:${port}`),
    limits: { pageTimeoutMs: 2_000, ...limits },
  });
  const run = async (
    job: Partial<CompanyJob["subject"]> & { stage?: CompanyJob["stage"] } = {},
    signal?: AbortSignal,
  ): Promise<JobOutcome | undefined> => {
    const { stage = "company", ...subject } = job;
    const jobs = [
      {
        id: "1",
        stage,
        attempt: 1,
        subject: { company_id: "1", name: "Acme", domain: "acme.example", website: null, ...subject },
      },
    ];
    return (await provider.send(jobs, signal)).get("1");
  };
  return { run, asked, agents, provider };
}

const failing =
  (status: number, headers = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { "content-type": "text/html", ...headers }).end("<p>no</p>");

describe("the web provider", () => {
  it("reads robots.txt, the home page and what the stage needs, and says who it is", async () => {
    const home =
      '<p>Acme</p><a href="/team">Team</a><a href="/portfolio">Portfolio</a><a href="/blog">Blog</a>';
    const { run, asked, agents } = await serve({
      "/": home,
      "/team": "<h3>Eva Lang</h3><p>CEO</p>",
      "/portfolio": "<p>x</p>",
    });
    const contacts = await run({ stage: "contacts" });
    expect(contacts).toMatchObject({
      kind: "done",
      result: {
        stage: "contacts",
        value: { contacts: [{ name: "Eva Lang", title: "CEO", source: "http://acme.example/team" }] },
      },
    });
    expect(asked).toEqual(["acme.example/robots.txt", "acme.example/", "acme.example/team"]);
    expect([...agents]).toEqual([USER_AGENT]);
    await run({ stage: "company" });
    expect(asked.slice(3).toSorted()).toEqual([
      "acme.example/",
      "acme.example/portfolio",
      "acme.example/robots.txt",
      "acme.example/team",
    ]);
  });

  it("fails with a reason when the company has no website, or one that is no address", async () => {
    const { run, asked } = await serve({});
    expect(await run({ domain: null })).toMatchObject({
      kind: "failed",
      code: "no_website",
      reason: expect.stringContaining("Acme"),
    });
    expect(await run({ website: "http://" })).toMatchObject({ kind: "failed", code: "bad_url" });
    expect(await run({ website: "ftp://acme.example" })).toMatchObject({ kind: "failed", code: "bad_url" });
    expect(asked).toEqual([]);
  });

  it.each([
    ["is not there", { "/": failing(404) }, "failed", "not_found"],
    ["refuses", { "/": failing(403) }, "failed", "http_error"],
    ["is broken for now", { "/": failing(503) }, "retry", "http_error"],
    [
      "is closed by robots.txt",
      { "/robots.txt": "user-agent: *\ndisallow: /", "/": "<p>x</p>" },
      "failed",
      "robots_disallowed",
    ],
    [
      "may be closed by a robots.txt that cannot be read",
      { "/robots.txt": failing(500), "/": "<p>x</p>" },
      "retry",
      "http_error",
    ],
    ["is no web page", { "/": failing(200, { "content-type": "application/pdf" }) }, "failed", "not_html"],
    ["says nothing", { "/": "<title></title>" }, "failed", "empty_page"],
    ["is too large", { "/": "x".repeat(3_000) }, "failed", "too_large"],
    ["redirects in a circle", { "/": failing(302, { location: "/" }) }, "failed", "too_many_redirects"],
    [
      "redirects to a private address",
      { "/": failing(302, { location: "http://169.254.169.254/" }) },
      "failed",
      "blocked_address",
    ],
    ["does not answer in time", { "/": () => {} }, "retry", "timeout"],
  ] as const)("says so when the home page %s", async (_what, site: Site, kind, code) => {
    const { run } = await serve(site, { pageTimeoutMs: 1_500, pageBytes: 2_000 });
    expect(await run()).toMatchObject({ kind, code, reason: expect.stringMatching(/\.$/) });
  });

  it("hands on how long the site wants to be left alone", async () => {
    const { run } = await serve({ "/": failing(429, { "retry-after": "90" }) });
    expect(await run()).toMatchObject({ kind: "retry", afterMs: 90_000 });
  });

  it("obeys robots.txt on subpages and on the addresses that pages redirect to", async () => {
    const robots = "user-agent: *\ndisallow: /team\ndisallow: /secret";
    const home = '<p>Acme</p><a href="/team">Team</a><a href="/about">About</a>';
    const { run, asked } = await serve({
      "/robots.txt": robots,
      "/": home,
      "/team": "x",
      "/about": failing(302, { location: "/secret" }),
      "/secret": "x",
    });
    expect(await run()).toMatchObject({ kind: "done" });
    expect(asked).toEqual(["acme.example/robots.txt", "acme.example/", "acme.example/about"]);
  });

  it("asks each host that a site redirects to for its own robots.txt", async () => {
    const { run, asked } = await serve({
      "/": (request, response) =>
        request.headers.host === "acme.example"
          ? failing(301, { location: "http://www.acme.example/" })(request, response)
          : response.writeHead(200, { "content-type": "text/html" }).end("<p>x</p>"),
    });
    expect(await run()).toMatchObject({ kind: "done" });
    expect(asked).toContain("www.acme.example/robots.txt");
  });

  it("loses only the values of a subpage that cannot be read", async () => {
    const { run } = await serve(
      {
        "/": '<title>Acme</title><p>x</p><a href="/team">Team</a><a href="/contact">Contact</a>',
        "/team": () => {},
        "/contact": "<p>info@acme.example</p>",
      },
      { pageTimeoutMs: 200 },
    );
    expect(await run()).toMatchObject({
      kind: "done",
      result: { value: { name: { value: "Acme" }, emails: [{ value: "info@acme.example" }] } },
    });
  });

  it("reads at most six pages after the home page, three at a time", async () => {
    let open = 0;
    let most = 0;
    const page: RequestListener = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(200, { "content-type": "text/html" }).end("<p>x</p>");
      }, 20);
    };
    const paths = ["/team", "/team-2", "/about", "/about-us", "/contact", "/contact-us", "/people", "/staff"];
    const site = Object.fromEntries(paths.map((path) => [path, page]));
    const { run, asked } = await serve({
      ...site,
      "/": `<p>x</p>${paths.map((path) => `<a href="${path}">x</a>`).join("")}`,
    });
    await run();
    expect(asked).toHaveLength(8);
    expect(most).toBe(3);
  });

  it("tries the address with www. when the bare one does not exist", async () => {
    const { run } = await serve({ "/": "<title>Acme</title><p>x</p>" });
    const website = await run({ website: "http://www.acme.example/" });
    expect(website).toMatchObject({
      kind: "done",
      result: { value: { name: { source: "http://www.acme.example/" } } },
    });
  });

  it("gives unfinished jobs back when the slice is over or has cost enough", async () => {
    const { run, provider } = await serve({ "/": () => {} });
    const controller = new AbortController();
    const running = run({}, controller.signal);
    controller.abort(new Error("slice"));
    expect(await running).toMatchObject({ kind: "retry", code: "slice_over", afterMs: 0 });
    expect((await provider.send([], controller.signal)).size).toBe(0);

    const busy = await serve({ "/": "<p>x</p>" }, { busyMs: -1 });
    expect(await busy.run()).toMatchObject({ kind: "retry", code: "slice_over" });
    expect(busy.asked).toEqual([]);
  });
});
