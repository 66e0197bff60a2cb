import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { processesIn } from "../src/process-info.ts";
import { type Stack, startStack } from "../src/stack.ts";
import {
  directoryForTest,
  eventually,
  fixtureProject,
  spawnStack,
  temporaryDirectory,
} from "./stack-support.ts";

const transport: WebSocketLikeConstructor = WebSocket as never; // ws has what realtime-js uses of a WebSocket

describe("a running stack", () => {
  let stack: Stack;
  let dataDir: string;
  let remove: () => Promise<void>;
  const client = (key = stack.publishableKey) =>
    createClient(stack.url, key, {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport },
    });

  beforeAll(async () => {
    ({ path: dataDir, remove } = await temporaryDirectory());
    stack = await startStack({ projectDir: fixtureProject, dataDir, port: 0 });
  });
  afterAll(async () => {
    await stack?.stop();
    await remove();
  });

  test("serves the project's rows to a client with the publishable key", async () => {
    const { data, error } = await client().from("notes").select("body, created_by").eq("body", "seeded");
    expect(error).toBeNull();
    expect(data).toEqual([{ body: "seeded", created_by: "postgres" }]);
  });

  test("deletes the row that a client asks to delete", async () => {
    const notes = client(stack.secretKey).from("notes");
    expect((await notes.insert({ body: "short-lived" })).error).toBeNull();
    const deleted = await notes.delete().eq("body", "short-lived").select("body");
    expect(deleted).toMatchObject({ error: null, data: [{ body: "short-lived" }] });
    expect((await notes.delete().eq("body", "short-lived")).status).toBe(204);
  });

  test("signs a user up and lets the token through to a function that wants one", async () => {
    const supabase = client();
    const { error } = await supabase.auth.signUp({ email: "a@example.com", password: "correct horse" });
    expect(error).toBeNull();
    const answer = await supabase.functions.invoke("guarded");
    expect(answer).toMatchObject({ error: null, data: { guarded: true } });
  });

  test("lets a function reach the database as postgres", async () => {
    const { data } = await client().functions.invoke("hello/notes");
    expect(data).toContainEqual({ body: "seeded", role: "postgres" });
  });

  test("keeps files with the secret key", async () => {
    const storage = client(stack.secretKey).storage;
    expect((await storage.createBucket("files")).error).toBeNull();
    expect((await storage.from("files").upload("a.txt", "content")).error).toBeNull();
    const { data } = await storage.from("files").download("a.txt");
    expect(await data?.text()).toBe("content");
  });

  test("takes realtime connections with a key and refuses them without", async () => {
    const open = (query: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${stack.url.replace("http", "ws")}/realtime/v1/websocket?${query}`);
        socket.on("open", () => {
          socket.close();
          resolve("open");
        });
        socket.on("error", (error) => resolve(error.message));
      });
    expect(await open(`apikey=${stack.publishableKey}&vsn=1.0.0`)).toBe("open");
    expect(await open("apikey=wrong&vsn=1.0.0")).toContain("401");
  });

  test("listens on its one loopback address and no other", async () => {
    const { port } = new URL(stack.url);
    expect((await fetch(`http://127.0.0.1:${port}/config.json`)).status).toBe(200);
    await expect(fetch(`http://127.0.0.2:${port}/config.json`)).rejects.toThrow("fetch failed");
  });

  test("describes itself in a stack.json that only its user may read", async () => {
    const path = join(dataDir, "stack.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
      url: stack.url,
      publishable_key: stack.publishableKey,
      secret_key: stack.secretKey,
      db_url: stack.dbUrl,
      pid: process.pid,
    });
  });

  test("lets other users of the machine read nothing in its data directory", async () => {
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
    for (const name of await readdir(dataDir)) {
      const { mode } = await stat(join(dataDir, name));
      expect({ name, others: mode & 0o077 }).toEqual({ name, others: 0 });
    }
  });

  test("writes none of its secrets into a log", async () => {
    await client().from("notes").select("wrong_column");
    await fetch(`${stack.url}/functions/v1/broken`);
    const keys: unknown = JSON.parse(await readFile(join(dataDir, "keys.json"), "utf8"));
    const secrets = JSON.stringify(keys).match(/[\w-]{30,}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(8);
    const folder = join(dataDir, "logs");
    const logs = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")),
    );
    expect(secrets.filter((secret) => logs.some((log) => log.includes(secret)))).toEqual([]);
  });
});

test("two stacks get keys of their own", async () => {
  const directories = await Promise.all([directoryForTest(), directoryForTest()]);
  const stacks = directories.map((dataDir) => spawnStack({ dataDir }));
  const [one, two] = await Promise.all(stacks.map((stack) => stack.ready));
  expect(one?.secret_key).not.toBe(two?.secret_key);
  expect(one?.publishable_key).not.toBe(two?.publishable_key);
  expect(one?.db_url).not.toBe(two?.db_url);
});

test("Ctrl-C ends everything within five seconds and leaves neither process nor stack.json", async () => {
  const dataDir = await directoryForTest();
  const stack = spawnStack({ dataDir });
  const { url } = await stack.ready;
  const { pid } = await (await fetch(`${url}/functions/v1/misbehave`)).json();
  const hanging = fetch(`${url}/functions/v1/misbehave/hang`).catch((error: unknown) => error);
  const begun = Date.now();
  stack.process.kill("SIGINT");
  expect(await stack.ended).toBe(0);
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect(await hanging).toBeDefined();
  expect(await processesIn(join(dataDir, "postgres"))).toEqual([]);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  const left = await readdir(dataDir);
  expect(left).not.toContain("stack.json");
  expect(left.filter((name) => name.startsWith("lock"))).toEqual([]);
});

test("Ctrl-C while it starts leaves neither process nor lock, and the next start goes through", async () => {
  const dataDir = await directoryForTest();
  const stack = spawnStack({ dataDir });
  await eventually(() => stack.lines.some((line) => line.startsWith("Postgres:")));
  stack.process.kill("SIGINT");
  expect(await stack.ended).toBe(0);
  expect(stack.lines).not.toContain("ready");
  expect(await processesIn(join(dataDir, "postgres"))).toEqual([]);
  expect((await readdir(dataDir)).filter((name) => name.startsWith("lock"))).toEqual([]);
  await spawnStack({ dataDir }).ready;
});
