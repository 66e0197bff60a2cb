import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RealtimeChannel, SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { type Realtime, startRealtime } from "../src/realtime/server.ts";
import {
  type Fixture,
  keyClient,
  serveOn,
  signIn,
  startFixture,
  type User,
} from "./realtime-storage-fixture.ts";

const migration = `
create table public.members (room text not null, user_id uuid not null, may_write boolean not null default true);
alter table public.members enable row level security;
create policy "own rows" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "members hear their room" on realtime.messages for select to authenticated
  using (extension = 'broadcast' and exists (
    select from public.members where user_id = (select auth.uid()) and room = (select realtime.topic())));
create policy "writers speak in their room" on realtime.messages for insert to authenticated
  with check (extension = 'broadcast' and exists (
    select from public.members where user_id = (select auth.uid()) and room = (select realtime.topic()) and may_write));
`;

let fixture: Fixture;
let realtime: Realtime;
let url: string;
let close: () => void;
let alice: User;
let bob: User;
let mallory: User;
let reported: Error[] = [];

beforeAll(async () => {
  fixture = await startFixture(migration);
  realtime = await startRealtime({
    connection: fixture.database.connection("supabase_realtime_admin"),
    keys: fixture.keys,
    tokens: fixture.tokens,
    maxBufferedBytes: 2_000_000,
    report: (error) => reported.push(error),
  });
  const served = await serveOn({ "/realtime/v1": realtime.app });
  served.server.on("upgrade", (request, socket, head) => realtime.handleUpgrade(request, socket, head));
  url = served.url;
  close = () => served.server.close();
  alice = await signIn(fixture, url);
  bob = await signIn(fixture, url);
  mallory = await signIn(fixture, url);
  await join_("room:1", alice, true);
  await join_("room:1", bob, false);
  await join_("room:2", mallory, true);
});

beforeEach(() => {
  reported = [];
});

afterAll(async () => {
  await Promise.all([alice, bob, mallory].map((user) => user.client.realtime.disconnect()));
  close();
  await realtime.close();
  await fixture.stop();
});

const join_ = (room: string, user: User, mayWrite: boolean) =>
  fixture.sql.query("insert into public.members values ($1, $2, $3)", [room, user.id, mayWrite]);
const send = (topic: string, event: string, payload: object = {}) =>
  fixture.sql.query("select realtime.send($1, $2, $3)", [payload, event, topic]);

interface Heard {
  channel: RealtimeChannel;
  statuses: string[];
  errors: string[];
  events: { event: string; payload: Record<string, unknown> }[];
  leave(): Promise<unknown>;
}

/** Joins a private channel and waits for the first answer; collects what happens from then on. */
async function listen(client: SupabaseClient, topic: string, config: object = {}): Promise<Heard> {
  await client.realtime.setAuth();
  const heard: Omit<Heard, "channel" | "leave"> = { statuses: [], errors: [], events: [] };
  const channel = client.channel(topic, { config: { private: true, ...config } });
  channel.on("broadcast", { event: "*" }, ({ event, payload }) => heard.events.push({ event, payload }));
  await new Promise<void>((resolve) => {
    channel.subscribe((status, error) => {
      heard.statuses.push(status);
      if (error) heard.errors.push(error.message);
      resolve();
    });
  });
  return { ...heard, channel, leave: () => client.removeChannel(channel) };
}

/** A connection that speaks the protocol by hand. */
async function connect(query: string) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/realtime/v1/websocket?${query}`);
  const frames: unknown[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data))));
  await once(socket, "open");
  return { socket, frames };
}

describe("a private channel", () => {
  test("gives a member what the database sends, in commit order and with its id", async () => {
    const heard = await listen(alice.client, "room:1");
    expect(heard.statuses).toEqual(["SUBSCRIBED"]);
    for (let n = 0; n < 20; n += 1) await send("room:1", "tick", { n, text: 'é "quoted" \u2028' });
    await expect.poll(() => heard.events.length).toBe(20);
    expect(heard.events.map((one) => one.payload.n)).toEqual([...Array(20).keys()]);
    expect(heard.events[0]).toMatchObject({
      event: "tick",
      payload: { text: 'é "quoted" \u2028', id: expect.any(String) },
    });
    await heard.leave();
  });

  test("gives nothing of a transaction that is rolled back, and nothing from another topic", async () => {
    const heard = await listen(alice.client, "room:1");
    const client = await fixture.sql.connect();
    await client.query("begin");
    await client.query("select realtime.send('{}', 'lost', 'room:1')");
    await client.query("rollback");
    client.release();
    await send("room:2", "elsewhere");
    await send("room:1", "kept");
    await expect.poll(() => heard.events.map((one) => one.event)).toEqual(["kept"]);
    await heard.leave();
  });

  test("is refused to others: another user, nobody, a forged and an expired session", async () => {
    const forged = `${alice.session.token.slice(0, -8)}AAAAAAAA`;
    const expired = await fixture.tokens.sign({ sub: alice.id, role: "authenticated" }, -10);
    const heard = await listen(mallory.client, "room:1");
    expect(heard.statuses).toEqual(["CHANNEL_ERROR"]);
    expect(heard.errors[0]).toMatch(/Unauthorized/);
    await heard.leave();
    const anonymous = keyClient(url, fixture.keys.publishable);
    expect((await listen(anonymous, "room:1")).errors[0]).toMatch(/Unauthorized/);
    await anonymous.realtime.disconnect();
    for (const token of [forged, expired]) {
      const { socket, frames } = await connect(`apikey=${fixture.keys.publishable}&vsn=2.0.0`);
      const payload = { config: { private: true }, access_token: token };
      socket.send(JSON.stringify(["1", "1", "realtime:room:1", "phx_join", payload]));
      await expect
        .poll(() => frames)
        .toMatchObject([["1", "1", "realtime:room:1", "phx_reply", { status: "error" }]]);
      expect(JSON.stringify(frames)).toMatch(/InvalidJWTToken/);
      socket.close();
    }
  });

  test("is open to the secret key", async () => {
    const admin = keyClient(url, fixture.keys.secret);
    const heard = await listen(admin, "room:1");
    expect(heard.statuses).toEqual(["SUBSCRIBED"]);
    await admin.realtime.disconnect();
  });

  test("leaves no trace of having been checked", async () => {
    const before = await fixture.sql.query("select count(*) from realtime.messages");
    await (await listen(alice.client, "room:1")).leave();
    const after = await fixture.sql.query("select count(*) from realtime.messages");
    expect(after.rows).toEqual(before.rows);
  });

  test("stops when the member leaves it", async () => {
    const heard = await listen(alice.client, "room:1");
    await heard.leave();
    expect(heard.statuses).toEqual(["SUBSCRIBED", "CLOSED"]);
    const again = await listen(alice.client, "room:1");
    await send("room:1", "later");
    await expect.poll(() => again.events.length).toBe(1);
    expect(heard.events).toEqual([]);
    await again.leave();
  });

  test("closes for a removed member when the session is refreshed, and cannot be joined again", async () => {
    const carol = await signIn(fixture, url);
    await join_("room:1", carol, true);
    const heard = await listen(carol.client, "room:1");
    expect(heard.statuses).toEqual(["SUBSCRIBED"]);
    await fixture.sql.query("delete from public.members where user_id = $1", [carol.id]);
    carol.session.token = await fixture.tokens.sign(
      { sub: carol.id, role: "authenticated", refreshed: 1 },
      3600,
    );
    await carol.client.realtime.setAuth();
    await expect.poll(() => heard.statuses.at(-1)).toBe("CLOSED");
    await send("room:1", "secret");
    const again = await listen(carol.client, "room:1");
    expect(again.errors[0]).toMatch(/Unauthorized/);
    expect(heard.events).toEqual([]);
    await carol.client.realtime.disconnect();
  });

  test("stays open over a refresh, and closes when the session expires", async () => {
    const carol = await signIn(fixture, url, 2);
    await join_("room:1", carol, true);
    const heard = await listen(carol.client, "room:1");
    carol.session.token = await fixture.tokens.sign(
      { sub: carol.id, role: "authenticated", refreshed: 1 },
      4,
    );
    await carol.client.realtime.setAuth();
    await send("room:1", "after refresh");
    await expect.poll(() => heard.events.length).toBe(1);
    const joined = Date.now();
    await expect.poll(() => heard.statuses.at(-1), { timeout: 8000 }).toBe("CLOSED");
    expect(Date.now() - joined).toBeGreaterThan(2000);
    await carol.client.realtime.disconnect();
  });
});

describe("a client's broadcast", () => {
  test("reaches the others but not the sender, unless the sender wants it too", async () => {
    const [a, b] = await Promise.all([listen(alice.client, "room:1"), listen(bob.client, "room:1")]);
    await a.channel.send({ type: "broadcast", event: "hello", payload: { x: 1 } });
    await expect.poll(() => b.events).toMatchObject([{ event: "hello", payload: { x: 1 } }]);
    expect(a.events).toEqual([]);
    await a.leave();
    const self = await listen(alice.client, "room:1", { broadcast: { self: true, ack: true } });
    expect(await self.channel.send({ type: "broadcast", event: "mine", payload: {} })).toBe("ok");
    await expect.poll(() => self.events.map((one) => one.event)).toEqual(["mine"]);
    await Promise.all([self.leave(), b.leave()]);
  });

  test("is refused to a member who may only listen", async () => {
    const a = await listen(alice.client, "room:1");
    const b = await listen(bob.client, "room:1", { broadcast: { ack: true } });
    expect(await b.channel.send({ type: "broadcast", event: "no", payload: {} })).toBe("error");
    await send("room:1", "marker");
    await expect.poll(() => a.events.map((one) => one.event)).toEqual(["marker"]);
    await Promise.all([a.leave(), b.leave()]);
  });

  test("over 256 KB is refused, from the database it is dropped and reported", async () => {
    const a = await listen(alice.client, "room:1", { broadcast: { ack: true } });
    const payload = { text: "x".repeat(257 * 1024) };
    expect(await a.channel.send({ type: "broadcast", event: "big", payload })).toBe("error");
    await send("room:1", "big", payload);
    await send("room:1", "small");
    await expect.poll(() => a.events.map((one) => one.event)).toEqual(["small"]);
    expect(reported.map((error) => error.message)).toEqual([expect.stringContaining("larger than 256 KB")]);
    await a.leave();
  });
});

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
    const { socket, frames } = await connect(`apikey=${fixture.keys.publishable}&vsn=1.0.0`);
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
    const one = await connect(`apikey=${fixture.keys.publishable}&vsn=1.0.0`);
    one.socket.send('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"7"}');
    await expect
      .poll(() => one.frames)
      .toMatchObject([{ topic: "phoenix", event: "phx_reply", ref: "7", payload: { status: "ok" } }]);
    const two = await connect(`apikey=${fixture.keys.publishable}&vsn=2.0.0`);
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
      const { socket } = await connect(`apikey=${fixture.keys.publishable}&vsn=2.0.0`);
      socket.send(data);
      await once(socket, "close");
    }
    await send("room:1", "still here");
    await expect.poll(() => heard.events.length).toBe(1);
    expect(reported).toEqual([]);
    await heard.leave();
  });

  test("may join at most 100 channels", async () => {
    const { socket, frames } = await connect(`apikey=${fixture.keys.secret}&vsn=2.0.0`);
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
    const { socket, frames } = await connect(`apikey=${fixture.keys.secret}&vsn=2.0.0`);
    socket.send(JSON.stringify(["1", "1", "realtime:flood", "phx_join", { config: { private: true } }]));
    await expect.poll(() => frames.length).toBe(1);
    socket.pause();
    const flood =
      "select realtime.send(jsonb_build_object('text', repeat('x', 200000)), 'flood', 'flood') from generate_series(1, 100)";
    await fixture.sql.query(flood);
    await expect
      .poll(() => reported.map((error) => error.message), { timeout: 15_000 })
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

describe("when the stream from Postgres is lost", () => {
  test("channels fail, clients join again by themselves, and events flow", async () => {
    const heard = await listen(alice.client, "room:1");
    await fixture.sql.query(
      "select pg_terminate_backend(active_pid) from pg_replication_slots where active_pid is not null",
    );
    await expect
      .poll(() => heard.statuses, { timeout: 15_000 })
      .toEqual(["SUBSCRIBED", "CHANNEL_ERROR", "SUBSCRIBED"]);
    await send("room:1", "back");
    await expect.poll(() => heard.events.map((one) => one.event)).toEqual(["back"]);
    await heard.leave();
  });

  test("the same when Postgres is killed and recovers", async () => {
    const heard = await listen(alice.client, "room:1");
    const { rows } = await fixture.sql.query<{ directory: string }>(
      "select current_setting('data_directory') as directory",
    );
    const pid = await readFile(join(rows[0]?.directory ?? "", "postmaster.pid"), "utf8");
    process.kill(Number.parseInt(pid, 10), "SIGKILL");
    await expect
      .poll(() => heard.statuses.slice(0, 2), { timeout: 15_000 })
      .toEqual(["SUBSCRIBED", "CHANNEL_ERROR"]);
    await expect.poll(() => heard.statuses.at(-1), { timeout: 30_000 }).toBe("SUBSCRIBED");
    await send("room:1", "recovered");
    await expect.poll(() => heard.events.map((one) => one.event)).toEqual(["recovered"]);
    await heard.leave();
  });
});

describe("the database side", () => {
  test("send never breaks the caller's transaction", async () => {
    await fixture.sql.query(
      "select realtime.send('[1]'::jsonb, 'x', 'room:1'), realtime.send(null, null, null)",
    );
  });

  test("messages of hours ago are pruned", async () => {
    const old =
      "insert into realtime.messages (topic, extension, event, inserted_at) values ('old', 'broadcast', 'x', now() - interval '3 hours')";
    await fixture.sql.query(old);
    const again = await startRealtime({
      connection: fixture.database.connection("supabase_realtime_admin"),
      keys: fixture.keys,
      tokens: fixture.tokens,
      report: (error) => reported.push(error),
    });
    const count = "select count(*)::int as count from realtime.messages where topic = 'old'";
    await expect.poll(async () => (await fixture.sql.query(count)).rows[0].count).toBe(0);
    await again.close();
  });

  test("a user may not send to a topic by SQL without the policy's leave", async () => {
    const client = await fixture.sql.connect();
    const before = await fixture.sql.query("select count(*) from realtime.messages");
    await client.query(
      "begin; set local role authenticated; select realtime.send('{}', 'x', 'room:1'); commit",
    );
    client.release();
    expect((await fixture.sql.query("select count(*) from realtime.messages")).rows).toEqual(before.rows);
  });
});
