// @vitest-environment jsdom
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, render } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { Change } from "./changes";
import { useChannel } from "./realtime";
import { startSupabase } from "./supabase";

/** What a client sends: join reference, reference, topic, event, payload. */
type Frame = [string | null, string | null, string, string, unknown];

let server: Server;
let socket: WebSocket | undefined;
let frames: Frame[] = [];

const sent = (event: string) => frames.filter((frame) => frame[3] === event).map((frame) => frame[2]);
const heard: Change[][] = [];
let resubscribed = 0;

/** A realtime server that lets everybody join and never speaks by itself. */
beforeAll(async () => {
  server = createServer();
  new WebSocketServer({ server }).on("connection", (connected) => {
    socket = connected;
    connected.on("message", (data) => {
      const frame: Frame = JSON.parse(String(data));
      frames.push(frame);
      const [joinRef, ref, topic] = frame;
      connected.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status: "ok", response: {} }]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "sb_publishable_test", mailbox: false });
});

afterAll(() => {
  socket?.terminate();
  server.close();
});

beforeEach(() => {
  frames = [];
  heard.length = 0;
  resubscribed = 0;
});

afterEach(async () => {
  cleanup();
  await vi.waitFor(() => expect(sent("phx_leave")).not.toEqual([]), 3_000);
});

function Listener() {
  useChannel(
    "campaign:1",
    (changes) => heard.push(changes),
    () => {
      resubscribed += 1;
    },
  );
  return null;
}

const broadcast = (id: string) =>
  socket?.send(
    JSON.stringify([
      null,
      null,
      "realtime:campaign:1",
      "broadcast",
      { event: "changes", payload: { changes: [{ table: "companies", operation: "update", ids: [id] }] } },
    ]),
  );

test("two components that listen to one topic share a private channel and both hear of a burst once", async () => {
  render(
    <>
      <Listener />
      <Listener />
    </>,
  );
  await vi.waitFor(() => expect(resubscribed).toBe(2));
  expect(sent("phx_join")).toEqual(["realtime:campaign:1"]);
  expect(frames[0]?.[4]).toMatchObject({ config: { private: true } });

  for (const id of ["a", "b", "a"]) broadcast(id);
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard[0]).toEqual([{ table: "companies", operation: "update", ids: ["a", "b"] }]);
});

test("a page that takes over from another keeps the channel and catches up on what it missed", async () => {
  const first = render(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  first.unmount();
  render(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(2));
  broadcast("a");
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(sent("phx_join")).toHaveLength(1);
  expect(sent("phx_leave")).toEqual([]);
});

test("after a lost connection it joins again and asks for a refetch", async () => {
  render(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  socket?.terminate();
  await vi.waitFor(() => expect(resubscribed).toBe(2), 8_000);
  expect(sent("phx_join")).toHaveLength(2);
}, 15_000);
