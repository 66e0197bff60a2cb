import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { User } from "@supabase/auth-js";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startSupabase } from "@/lib/supabase";
import { useSession } from "@/stores/session";
import { FileParser } from "../parser/parser";
import type { ParserRequest } from "../parser/parser-messages";
import type { NewImport } from "../queries";
import { beginImport, useRunningImports } from "./running-imports";

/** The browser's worker, with a file of as many chunks as are asked for. */
class FileWorker extends EventTarget {
  static open = 0;
  #next = 0;
  constructor() {
    super();
    FileWorker.open++;
  }
  postMessage({ id, request }: { id: number; request: ParserRequest }) {
    const chunk = { index: this.#next++, rows: [], rejected: [], notes: [] };
    const data = { id, type: "answer", answer: request.type === "next" ? chunk : null };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
  terminate() {
    FileWorker.open--;
  }
}

const calls: string[] = [];
/** Chunks that wait for their answer. */
let waiting: ServerResponse[] = [];
const id = "00000000-0000-4000-8000-000000000001";
const file: NewImport = {
  campaignId: id,
  kind: "companies",
  fileName: "leads.csv",
  fileSize: 1,
  fileHash: "hash",
  mapping: { version: 1, encoding: "utf-8", delimiter: ",", newline: "\n", header_rows: 1, columns: [] },
  totalRows: 9_000,
};
const started = {
  chunks_done: [],
  import: {
    id,
    workspace_id: id,
    campaign_id: id,
    kind: "companies",
    file_name: file.fileName,
    file_size: 1,
    file_hash: file.fileHash,
    mapping: file.mapping,
    status: "running",
    total_rows: file.totalRows,
    processed_rows: 0,
    created_rows: 0,
    updated_rows: 0,
    duplicate_rows: 0,
    rejected_rows: 0,
    created_at: "2026-01-01T00:00:00Z",
    finished_at: null,
  },
};
const answer = (response: ServerResponse, body: unknown) =>
  response
    .writeHead(200, {
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
    })
    .end(JSON.stringify(body));
const server = createServer((request, response) => {
  if (request.method === "OPTIONS") return answer(response, null);
  const name = request.url?.split("/").at(-1) ?? "";
  calls.push(name);
  if (name === "start_import") return answer(response, started);
  waiting.push(response);
  return response;
});

const signIn = (userId: string | null) =>
  useSession.setState({ user: userId === null ? null : ({ id: userId } as User) }); // only its id is looked at

beforeAll(async () => {
  vi.stubGlobal("Worker", FileWorker);
  vi.stubGlobal("WebSocket", WebSocket);
  const window = new EventTarget();
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "key", mailbox: false });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  calls.length = 0;
  waiting = [];
});

test.each([
  ["signs out", null],
  ["is replaced by somebody else", "bob"],
])("when the user %s a running import ends: nothing more is sent, the file is let go", async (_how, next) => {
  signIn("alice");
  beginImport(file, "alice", new FileParser(), 9);
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  signIn(next);
  expect(useRunningImports.getState().imports).toEqual([]);
  expect(FileWorker.open).toBe(0);
  for (const response of waiting)
    answer(response, { created: 0, updated: 0, duplicates: 0, rejected: [], already: false });
  // What would go out does so within a few turns: two chunks are always under way.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toEqual(["start_import", "import_rows", "import_rows"]);
});

test("a renewed session of the same user leaves the import alone", async () => {
  signIn("alice");
  beginImport(file, "alice", new FileParser(), 9);
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  signIn("alice");
  expect(useRunningImports.getState().imports).toHaveLength(1);
  signIn(null);
});
