import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import type { Fixture, User } from "./support/fixture.ts";
import { connect, listen, type RealtimeService, startRealtimeService } from "./support/realtime.ts";

let service: RealtimeService;
let fixture: Fixture;
let url: string;
let alice: User;
let bob: User;
let mallory: User;
let send: RealtimeService["send"];

beforeAll(async () => {
  service = await startRealtimeService();
  ({ fixture, url, alice, bob, mallory, send } = service);
});

beforeEach(() => {
  service.reported.length = 0;
});

afterAll(() => service.stop());

describe("what is not served", () => {
  test.each([
    ["public channels", { private: false }, /PrivateOnly/],
    [
      "postgres_changes",
      { private: true, postgres_changes: [{ event: "*", schema: "public" }] },
      /postgres_changes/,
    ],
    ["presence", { private: true, presence: { enabled: true } }, /Presence/],
  ])("%s are refused with the reason", async (_what, config, reason) => {
    const { socket, frames } = await connect(url, `apikey=${fixture.keys.publishable}&vsn=1.0.0`);
    const join = {
      topic: "realtime:room:1",
      event: "phx_join",
      payload: { config },
      ref: "1",
      join_ref: "1",
    };
    socket.send(JSON.stringify(join));
    await expect
      .poll(() => frames)
      .toMatchObject([{ event: "phx_reply", ref: "1", payload: { status: "error" } }]);
    expect(JSON.stringify(frames)).toMatch(reason);
    socket.close();
  });
});

describe("a connection", () => {
  test("needs an API key", async () => {
    for (const query of ["", "apikey=", "apikey=sb_publishable_guess", `apikey=${alice.session.token}`]) {
      const socket = new WebSocket(`${url.replace("http", "ws")}/realtime/v1/websocket?${query}`);
      const [error] = await once(socket, "error");
      expect(String(error)).toMatch(/401/);
    }
  });

  test("answers heartbeats in both versions", async () => {
    const one = await connect(url, `apikey=${fixture.keys.publishable}&vsn=1.0.0`);
    one.socket.send('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"7"}');
    await expect
      .poll(() => one.frames)
      .toMatchObject([{ topic: "phoenix", event: "phx_reply", ref: "7", payload: { status: "ok" } }]);
    const two = await connect(url, `apikey=${fixture.keys.publishable}&vsn=2.0.0`);
    two.socket.send('[null,"8","phoenix","heartbeat",{}]');
    await expect
      .poll(() => two.frames)
      .toMatchObject([[null, "8", "phoenix", "phx_reply", { status: "ok" }]]);
    one.socket.close();
    two.socket.close();
  });

  test("that sends garbage is closed, and nobody else's", async () => {
    const heard = await listen(alice.client, "room:1");
    for (const data of ["{", "[]", Buffer.from([3, 9]), "x".repeat(400_000)]) {
      const { socket } = await connect(url, `apikey=${fixture.keys.publishable}&vsn=2.0.0`);
      socket.send(data);
      await once(socket, "close");
    }
    await send("room:1", "still here");
    await expect.poll(() => heard.events.length).toBe(1);
    expect(service.reported).toEqual([]);
    await heard.leave();
  });

  test("may join at most 100 channels", async () => {
    const { socket, frames } = await connect(url, `apikey=${fixture.keys.secret}&vsn=2.0.0`);
    for (let n = 0; n <= 100; n += 1) {
      socket.send(
        JSON.stringify([`${n}`, `${n}`, `realtime:many:${n}`, "phx_join", { config: { private: true } }]),
      );
    }
    await expect.poll(() => frames.length, { timeout: 10_000 }).toBe(101);
    expect(frames[99]).toMatchObject({ 4: { status: "ok" } });
    expect(frames[100]).toMatchObject({ 4: { status: "error" } });
    socket.close();
  });

  test("that does not read is dropped instead of filling memory", async () => {
    const { socket, frames } = await connect(url, `apikey=${fixture.keys.secret}&vsn=2.0.0`);
    socket.send(JSON.stringify(["1", "1", "realtime:flood", "phx_join", { config: { private: true } }]));
    await expect.poll(() => frames.length).toBe(1);
    socket.pause();
    const flood =
      "select realtime.send(jsonb_build_object('text', repeat('x', 200000)), 'flood', 'flood') from generate_series(1, 100)";
    await fixture.sql.query(flood);
    await expect
      .poll(() => service.reported.map((error) => error.message), { timeout: 15_000 })
      .toContain("Realtime disconnected a client that reads too slowly");
    socket.terminate();
  });
});

describe("the broadcast endpoint", () => {
  const post = (path: string, body: string | undefined, token?: string, key = fixture.keys.publishable) =>
    fetch(`${url}/realtime/v1/api/broadcast${path}`, {
      method: "POST",
      headers: {
        apikey: key,
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body }),
    });
  const message = (topic: string) =>
    JSON.stringify({ messages: [{ topic, event: "posted", payload: { a: 1 }, private: true }] });

  test("sends for those who may write, and answers 202", async () => {
    const heard = await listen(bob.client, "room:1");
    expect((await post("", message("room:1"), alice.session.token)).status).toBe(202);
    expect((await post("/room%3A1/events/one?private=true", "{}", alice.session.token)).status).toBe(202);
    await expect.poll(() => heard.events.map((one) => one.event)).toEqual(["posted", "one"]);
    await heard.leave();
  });

  test("sends nothing for those who may not", async () => {
    const heard = await listen(alice.client, "room:1");
    expect((await post("", message("room:1"), bob.session.token)).status).toBe(403);
    expect((await post("", message("room:1"), mallory.session.token)).status).toBe(403);
    expect((await post("", message("room:1"))).status).toBe(403);
    expect((await post("", message("room:1"), "forged.token.here")).status).toBe(401);
    expect((await post("", message("room:1"), undefined, "guess")).status).toBe(401);
    await send("room:1", "marker");
    await expect.poll(() => heard.events.map((one) => one.event)).toEqual(["marker"]);
    await heard.leave();
  });

  test.each([
    undefined,
    "",
    "{",
    "null",
    "[]",
    "{}",
    '{"messages":{}}',
    '{"messages":[null]}',
    '{"messages":[{"topic":"room:1","event":"x","payload":{}}]}',
  ])("answers %j with 400 and lives on", async (body) => {
    expect((await post("", body, alice.session.token)).status).toBe(400);
  });
});
