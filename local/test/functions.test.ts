import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { functionConfigs } from "../src/functions/config.ts";
import { findDeno } from "../src/functions/deno-program.ts";
import { type FunctionsOptions, startFunctions } from "../src/functions/functions.ts";
import { Worker } from "../src/functions/worker.ts";
import { processStart } from "../src/process-info.ts";
import { readProjectConfig } from "../src/project-config.ts";
import { generateSigningKey, Tokens } from "../src/tokens.ts";
import {
  directoryForTest,
  eventually,
  fixtureProject,
  projectForTest,
  writeProjectFile,
} from "./stack-support.ts";

/** The fixture project's functions on a port of their own. */
async function serve(options: Partial<FunctionsOptions> = {}) {
  const projectDir = options.projectDir ?? fixtureProject;
  const dataDir = await directoryForTest();
  const tokens = await Tokens.create(await generateSigningKey(), "http://127.0.0.1/auth/v1");
  const reports: string[] = [];
  const functions = await startFunctions({
    projectDir,
    config: readProjectConfig(projectDir),
    dataDir,
    supabaseEnv: { SUPABASE_URL: "http://127.0.0.1:1" },
    env: {},
    tokens,
    watch: false,
    report: (line) => reports.push(line),
    ...options,
  });
  const server = createServer((request, response) => void functions.handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await functions.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}/functions/v1`;
  const log = () => readFile(join(dataDir, "logs", "functions.log"), "utf8").catch(() => "");
  return { url, tokens, reports, dataDir, log };
}

const json = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.json() };
};

test("a function gets path, method and headers, and no header of the router's own", async () => {
  const { url } = await serve();
  const { status, body } = await json(`${url}/hello/a/b?c=d`, { method: "PUT", headers: { "x-mine": "1" } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ greeting: "hello", path: "/hello/a/b", method: "PUT" });
  expect(body.headers).toContain("x-mine");
  expect(body.headers).not.toContain("x-stack-worker");
});

test("a function's environment is what the stack and the project give it, and nothing of the machine's", async () => {
  process.env.SECRET_OF_THE_MACHINE = "x";
  onTestFinished(() => void delete process.env.SECRET_OF_THE_MACHINE);
  const { url } = await serve({ env: { MINE: "1", SUPABASE_URL: "http://elsewhere" } });
  const { body } = await json(`${url}/hello`);
  expect(body.env).toEqual(expect.arrayContaining(["MINE", "SUPABASE_URL"]));
  expect(body.env).not.toContain("SECRET_OF_THE_MACHINE");
  expect(body.supabaseUrl).toBe("http://127.0.0.1:1");
});

test("bodies of any size go through unchanged, both ways", async () => {
  const { url } = await serve();
  const sent = randomBytes(20_000_000);
  const response = await fetch(`${url}/hello/echo`, { method: "POST", body: sent });
  const received = Buffer.from(await response.arrayBuffer());
  const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(hash(received)).toBe(hash(sent));
});

test("one process serves all requests to a function", async () => {
  const { url } = await serve();
  const answers = await Promise.all(Array.from({ length: 10 }, () => json(`${url}/misbehave`)));
  expect(new Set(answers.map((answer) => answer.body.pid)).size).toBe(1);
});

test.each([
  "missing",
  "disabled",
  "_shared",
  "..%2fhello",
  "%2e%2e",
  "",
  "hello.ts",
  "__proto__",
  "constructor",
])("%j is no function", async (name) => {
  const { url } = await serve();
  expect(await json(`${url}/${name}`)).toEqual({
    status: 404,
    body: { code: "NOT_FOUND", message: "Requested function was not found" },
  });
});

test("no name finds a file outside of the functions", () => {
  const configOf = functionConfigs(fixtureProject, readProjectConfig(fixtureProject));
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webPath(), fc.constantFrom("../functions/hello", "./hello", "hello/")),
      (name) => {
        if (!/^(hello|misbehave|broken|guarded)$/.test(name)) expect(configOf(name)).toBeNull();
      },
    ),
  );
});

test("verify_jwt, the default, wants a token that this stack signed", async () => {
  const { url, tokens } = await serve();
  const stranger = await Tokens.create(await generateSigningKey(), tokens.issuer);
  const call = async (authorization?: string) =>
    (await json(`${url}/guarded`, { headers: authorization ? { authorization } : {} })).status;
  expect(await call()).toBe(401);
  expect(await call("Bearer sb_publishable_key")).toBe(401);
  expect(await call(`Bearer ${await stranger.sign({ role: "authenticated" }, 60)}`)).toBe(401);
  expect(await call(`Bearer ${await tokens.sign({ role: "authenticated" }, -60)}`)).toBe(401);
  expect(await call(`Bearer ${await tokens.sign({ role: "authenticated" }, 60)}`)).toBe(200);
  // A browser asks before it sends the token.
  expect((await fetch(`${url}/guarded`, { method: "OPTIONS" })).status).toBe(200);
});

test("a function that cannot start answers 503; the reason is in the log", async () => {
  const { url, reports, log } = await serve();
  expect(await json(`${url}/broken`)).toMatchObject({ status: 503, body: { code: "BOOT_ERROR" } });
  expect(reports).toEqual([expect.stringMatching(/^function broken did not start/)]);
  expect(await log()).toContain("[broken] Error: this function does not start");
});

test("a function that never listens answers 503 when its time to start is over", async () => {
  const { url, reports } = await serve({ limits: { bootMs: 3_000 } });
  expect(await json(`${url}/silent`)).toMatchObject({ status: 503, body: { code: "BOOT_ERROR" } });
  expect(reports).toEqual(["function silent did not start: did not listen within 3 s"]);
});

test("a function that listens is left alone when its time to start is over", async () => {
  const { url } = await serve({ limits: { bootMs: 4_000 } });
  const { body } = await json(`${url}/misbehave`);
  const over = Date.now() + 4_500;
  await eventually(() => Date.now() > over);
  expect((await json(`${url}/misbehave`)).body.pid).toBe(body.pid);
});

test("a function that ends the process answers 500, and the next request gets a new one", async () => {
  const { url } = await serve();
  const before = await json(`${url}/misbehave`);
  expect(await json(`${url}/misbehave/crash`)).toMatchObject({ status: 500, body: { code: "WORKER_ERROR" } });
  const after = await json(`${url}/misbehave`);
  expect(after.status).toBe(200);
  expect(after.body.pid).not.toBe(before.body.pid);
});

test("an exception in a handler is a 500 and ends nothing", async () => {
  const { url, log } = await serve();
  const before = await json(`${url}/misbehave`);
  expect((await fetch(`${url}/misbehave/throws`)).status).toBe(500);
  expect((await json(`${url}/misbehave`)).body.pid).toBe(before.body.pid);
  expect(await log()).toContain("[misbehave] Error: thrown in a handler");
});

test("a function that takes all memory is ended, not the machine", async () => {
  const { url } = await serve();
  expect(await json(`${url}/misbehave/memory`)).toMatchObject({
    status: 500,
    body: { code: "WORKER_ERROR" },
  });
  expect((await json(`${url}/misbehave`)).status).toBe(200);
});

test("a function that does not answer in time is a 504", async () => {
  const { url } = await serve({ limits: { firstByteMs: 300 } });
  await json(`${url}/misbehave`);
  expect(await json(`${url}/misbehave/hang`)).toMatchObject({ status: 504, body: { code: "IDLE_TIMEOUT" } });
});

test("a worker that has lived as long as it may is ended in the middle of a request", async () => {
  const { url, log } = await serve({ limits: { wallClockMs: 3_000 } });
  expect(await json(`${url}/misbehave/hang`)).toMatchObject({ status: 500, body: { code: "WORKER_ERROR" } });
  expect(await log()).toContain("[misbehave] ended after 3 s");
});

test("a worker nobody calls ends, and a call starts another", async () => {
  const { url } = await serve({ limits: { idleMs: 200 } });
  const { body } = await json(`${url}/misbehave`);
  await eventually(async () => (await processStart(body.pid)) === null);
  expect((await json(`${url}/misbehave`)).body.pid).not.toBe(body.pid);
});

test("what was given to EdgeRuntime.waitUntil is finished before a retired worker ends", async () => {
  let called = false;
  const callback = createServer((_, response) => {
    called = true;
    response.end();
  });
  callback.listen(0, "127.0.0.1");
  await once(callback, "listening");
  onTestFinished(() => void callback.close());
  const address = callback.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { url } = await serve({ limits: { idleMs: 100 } });
  const query = `ms=1000&callback=${encodeURIComponent(`http://127.0.0.1:${address.port}/`)}`;
  const { status, body } = await json(`${url}/misbehave/background?${query}`);
  expect(status).toBe(202);
  expect(called).toBe(false);
  await eventually(async () => (await processStart(body.pid)) === null);
  expect(called).toBe(true);
});

test("a function can read neither the stack's keys nor the rest of the project, and runs no programs", async () => {
  const { url, dataDir } = await serve();
  await writeFile(join(dataDir, "keys.json"), "{}");
  const read = async (path: string) =>
    (await fetch(`${url}/misbehave/read?path=${encodeURIComponent(path)}`)).text();
  expect(await read(join(dataDir, "keys.json"))).toBe("refused: NotCapable");
  expect(await read(join(fixtureProject, "package.json"))).toBe("refused: NotCapable");
  expect(await read("/etc/passwd")).toBe("refused: NotCapable");
  expect(await (await fetch(`${url}/misbehave/run`)).text()).toBe("refused: NotCapable");
});

test("a worker's own port answers nobody who does not know its secret", async () => {
  const directory = await directoryForTest();
  const config = functionConfigs(fixtureProject, readProjectConfig(fixtureProject))("guarded");
  if (!config) throw new Error("no such function");
  const worker = new Worker({
    deno: findDeno(),
    projectDir: fixtureProject,
    functionsDir: join(fixtureProject, "supabase", "functions"),
    temporaryDir: directory,
    cacheDir: directory,
    env: {},
    config,
    bootMs: 30_000,
    onLine: () => {},
  });
  onTestFinished(async () => {
    worker.kill();
    await worker.exited;
  });
  const url = `http://127.0.0.1:${await worker.port}/guarded`;
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(url, { headers: { "x-stack-worker": "guess" } })).status).toBe(403);
  expect((await fetch(url, { headers: { "x-stack-worker": worker.secret } })).status).toBe(200);
});

test("a worker that an earlier, killed stack left spinning is ended by the next start", async () => {
  const { url, dataDir } = await serve();
  const { body } = await json(`${url}/misbehave`);
  const spinning = fetch(`${url}/misbehave/spin`).catch((error: Error) => error.message);
  const next = await startFunctions({
    projectDir: fixtureProject,
    config: readProjectConfig(fixtureProject),
    dataDir,
    supabaseEnv: {},
    env: {},
    tokens: await Tokens.create(await generateSigningKey(), "http://127.0.0.1/auth/v1"),
    watch: false,
    report: () => {},
  });
  await eventually(async () => (await processStart(body.pid)) === null);
  await spinning;
  await next.close();
});

test("in development, a changed function or shared file is used by the next requests", async () => {
  const projectDir = await projectForTest();
  const { url } = await serve({ projectDir, watch: true });
  expect((await json(`${url}/hello`)).body.greeting).toBe("hello");
  await writeProjectFile(projectDir, "functions/_shared/greeting.ts", 'export const greeting = "changed";');
  await eventually(async () => (await json(`${url}/hello`)).body.greeting === "changed");
});
