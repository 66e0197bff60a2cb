import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { Change } from "./changes";
import { loadConfig } from "./config";
import { startSupabase } from "./supabase";

/** A request to the API: `path` without the query, as "/rest/v1/events". */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** What clients of realtime send: join reference, reference, topic, event, payload. */
type Frame = [string | null, string | null, string, string, unknown];

/**
 * A server for the tests of one file: it answers requests as it is told and lets everybody join every topic, or those that `mayJoin`
 * says, as "campaign:c:key". The app is configured for it, and its client started.
 */
export function testSupabase(
  answer: (asked: Asked) => Response | Promise<Response>,
  mayJoin: (topic: string) => boolean = () => true,
) {
  const asked: Asked[] = [];
  const sockets = new Set<WebSocket>();
  /** As "campaign:c:key". */
  const joined = new Set<string>();
  const channelsOf = (topic: string) =>
    [...joined].filter((channel) => `${channel}:`.startsWith(`${topic}:`));
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { pathname: path, searchParams: query } = new URL(request.url ?? "", "http://localhost");
    const one = { method: request.method ?? "", path, query, body };
    asked.push(one);
    const answered = await answer(one);
    response.writeHead(answered.status, { "content-type": "application/json" }).end(await answered.text());
  });
  new WebSocketServer({ server }).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("message", (data) => {
      const [joinRef, ref, topic, event]: Frame = JSON.parse(String(data));
      const channel = topic.replace("realtime:", "");
      const isRefused = event === "phx_join" && !mayJoin(channel);
      if (event === "phx_join" && !isRefused) joined.add(channel);
      if (event === "phx_leave") joined.delete(channel);
      const reply = { status: isRefused ? "error" : "ok", response: {} };
      socket.send(JSON.stringify([joinRef, ref, topic, "phx_reply", reply]));
    });
  });
  // On a busy machine answers take longer than the usual second.
  configure({ asyncUtilTimeout: 20_000 });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const config = { url: `http://127.0.0.1:${port}`, publishableKey: "key" };
    const read = vi.spyOn(globalThis, "fetch").mockResolvedValueOnce(Response.json(config));
    startSupabase(await loadConfig());
    read.mockRestore();
  });
  afterEach(() => {
    asked.length = 0;
  });
  afterAll(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
    server.closeAllConnections();
  });
  return {
    /** The requests of the test so far. */
    asked,
    /** The channels of a topic that are joined, under any key. */
    channelsOf,
    /** Whether somebody listens to a topic, under any key. */
    isHeard: (topic: string) => channelsOf(topic).length > 0,
    /** Tells those who listen to a topic, under any key, of a change. */
    tell(topic: string, change: Change) {
      const payload = { event: "changes", payload: { changes: [change] } };
      for (const channel of channelsOf(topic))
        for (const socket of sockets)
          socket.send(JSON.stringify([null, null, `realtime:${channel}`, "broadcast", payload]));
    },
  };
}
