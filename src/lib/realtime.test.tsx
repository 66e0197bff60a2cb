// @vitest-environment jsdom
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, render } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { Change } from "./changes";
import { ChannelKey, useChannel } from "./realtime";
import { startSupabase } from "./supabase";

/** What a client sends: join reference, reference, topic, event, payload. */
type Frame = [string | null, string | null, string, string, unknown];

let server: Server;
let socket: WebSocket | undefined;
let frames: Frame[] = [];

const sent = (event: string) => frames.filter((frame) => frame[3] === event).map((frame) => frame[2]);
const heard: Change[][] = [];
let resubscribed = 0;
let refused = 0;

/** A realtime server that lets everybody join but under the key "old", and never speaks by itself. */
beforeAll(async () => {
  server = createServer();
  new WebSocketServer({ server }).on("connection", (connected) => {
    socket = connected;
    connected.on("message", (data) => {
      const frame: Frame = JSON.parse(String(data));
      frames.push(frame);
      const [joinRef, ref, topic] = frame;
      const status = topic.endsWith(":old") ? "error" : "ok";
      connected.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status, response: {} }]));
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
  refused = 0;
});

/** Channels stay joined for a moment: the next test must not find them. */
afterEach(async () => {
  cleanup();
  await vi.waitFor(() => expect(sent("phx_leave")).toContain(sent("phx_join").at(-1)), 3_000);
});

function Channel({ topic }: { topic: string }) {
  useChannel(
    topic,
    (changes) => heard.push(changes),
    () => {
      resubscribed += 1;
    },
    () => {
      refused += 1;
    },
  );
  return null;
}

function Listener({ channelKey = "key" }: { channelKey?: string | null }) {
  return (
    <ChannelKey value={channelKey}>
      <Channel topic="campaign:1" />
    </ChannelKey>
  );
}

const broadcast = (id: string, key = "key") =>
  socket?.send(
    JSON.stringify([
      null,
      null,
      `realtime:campaign:1:${key}`,
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
  expect(sent("phx_join")).toEqual(["realtime:campaign:1:key"]);
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
  expect(refused).toBe(0);
}, 15_000);

test("when the key changes it moves: asks for a refetch there, and hears of every change once", async () => {
  const { rerender } = render(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  rerender(<Listener channelKey="next" />);
  await vi.waitFor(() => expect(resubscribed).toBe(2));
  expect(sent("phx_join")).toEqual(["realtime:campaign:1:key", "realtime:campaign:1:next"]);
  broadcast("b", "key");
  broadcast("a", "next");
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(heard[0]).toEqual([{ table: "companies", operation: "update", ids: ["a"] }]);
  await vi.waitFor(() => expect(sent("phx_leave")).toEqual(["realtime:campaign:1:key"]), 3_000);
  expect(resubscribed).toBe(2);
});

test("while the key is not known it joins nothing but the user's own channel", async () => {
  const { rerender } = render(
    <ChannelKey value={null}>
      <Channel topic="campaign:1" />
      <Channel topic="user:1" />
    </ChannelKey>,
  );
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  expect(sent("phx_join")).toEqual(["realtime:user:1"]);
  rerender(
    <ChannelKey value="key">
      <Channel topic="campaign:1" />
      <Channel topic="user:1" />
    </ChannelKey>,
  );
  await vi.waitFor(() => expect(resubscribed).toBe(2));
  expect(sent("phx_join")).toEqual(["realtime:user:1", "realtime:campaign:1:key"]);
});

test("whom the server does not let in hears so once, however often joining is tried, and joins under the next key", async () => {
  const { rerender } = render(<Listener channelKey="old" />);
  await vi.waitFor(() => expect(sent("phx_join").length).toBeGreaterThan(2), 8_000);
  expect([refused, resubscribed]).toEqual([1, 0]);
  rerender(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  expect(refused).toBe(1);
}, 15_000);

test("whose channel the server closes hears so, and does not come back to it under another key", async () => {
  const { rerender } = render(<Listener />);
  await vi.waitFor(() => expect(resubscribed).toBe(1));
  socket?.send(JSON.stringify([null, null, "realtime:campaign:1:key", "phx_close", {}]));
  await vi.waitFor(() => expect(refused).toBe(1));
  rerender(<Listener channelKey="next" />);
  await vi.waitFor(() => expect(resubscribed).toBe(2));
  broadcast("a", "next");
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  cleanup();
  // By then it would have tried.
  await vi.waitFor(() => expect(sent("phx_leave")).toEqual(["realtime:campaign:1:next"]), 3_000);
  expect(sent("phx_join")).toEqual(["realtime:campaign:1:key", "realtime:campaign:1:next"]);
});
