// @vitest-environment jsdom
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rpcResults } from "@contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpc } from "./rpc";
import { startSupabase } from "./supabase";

let answer: { status: number; body: unknown };
const server = createServer((_request, response) => {
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has such an address; only pipes have a text.
  const { port } = server.address() as AddressInfo;
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "key", mailbox: false });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test("every public function of the database has a contract of its result, and nothing else has", async () => {
  const types = await readFile("src/database.types.ts", "utf8");
  const functions = /\bFunctions: \{(.*?)\bEnums: \{/s.exec(types)?.[1] ?? "";
  const names = [...functions.matchAll(/^\s*"?(\w+)"?:\s*\{ Args:/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(Object.keys(rpcResults).toSorted()).toEqual(names.toSorted());
});

test("a result is what its contract says; what it does not name is left out", async () => {
  answer = { status: 200, body: { ready: true, reason: null, secret: 1 } };
  expect(await rpc("engine_status", {})).toEqual({ ready: true, reason: null });
});

test("a function without a result gives null", async () => {
  answer = { status: 204, body: undefined };
  expect(await rpc("leave_workspace", { workspace_id: "w" })).toBeNull();
});

test("an answer that breaks its contract is an error, not data", async () => {
  answer = { status: 200, body: { ready: "yes" } };
  await expect(rpc("engine_status", {})).rejects.toThrow(/ready/);
});

test("a refusal keeps the sentence and the code of the database", async () => {
  answer = {
    status: 409,
    body: {
      code: "PT409",
      message: "This campaign is archived.",
      details: null,
      hint: "campaign_busy",
    },
  };
  await expect(rpc("delete_campaign", { campaign_id: "c" })).rejects.toMatchObject({
    status: 409,
    code: "campaign_busy",
    message: "This campaign is archived.",
  });
});
