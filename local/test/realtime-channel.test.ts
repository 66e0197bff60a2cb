import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startRealtime } from "../src/realtime/server.ts";
import { type Fixture, keyClient, signIn, type User } from "./support/fixture.ts";
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
      const { socket, frames } = await connect(url, `apikey=${fixture.keys.publishable}&vsn=2.0.0`);
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

  test("gives a removed member nothing more, though their session goes on, and the others everything", async () => {
    const carol = await signIn(fixture, url);
    await service.addMember("room:1", carol, true);
    const [removed, kept] = await Promise.all([
      listen(carol.client, "room:1"),
      listen(alice.client, "room:1"),
    ]);
    await send("room:1", "before");
    await expect.poll(() => removed.events.map((one) => one.event)).toEqual(["before"]);
    const client = await fixture.sql.connect(); // removed and told in one transaction
    await client.query("begin");
    await client.query("delete from public.members where user_id = $1", [carol.id]);
    await client.query("select realtime.send('{}', 'removal', 'room:1')");
    await client.query("commit");
    client.release();
    for (let n = 0; n < 20; n += 1) await send("room:1", `after ${n}`);
    await expect.poll(() => kept.events.length).toBe(22);
    await expect.poll(() => removed.statuses).toEqual(["SUBSCRIBED", "CLOSED"]);
    expect(removed.events.map((one) => one.event)).toEqual(["before"]);
    expect(kept.events.map((one) => one.event).slice(-20)).toEqual(
      Array.from({ length: 20 }, (_, n) => `after ${n}`),
    );
    expect(service.reported).toEqual([]);
    await carol.client.realtime.disconnect();
    await kept.leave();
  });

  test("closes for a removed member when the session is refreshed, and cannot be joined again", async () => {
    const carol = await signIn(fixture, url);
    await service.addMember("room:1", carol, true);
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
    await service.addMember("room:1", carol, true);
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

  test("over 256 KB is refused, from the database it is dropped and service.reported", async () => {
    const a = await listen(alice.client, "room:1", { broadcast: { ack: true } });
    const payload = { text: "x".repeat(257 * 1024) };
    expect(await a.channel.send({ type: "broadcast", event: "big", payload })).toBe("error");
    await send("room:1", "big", payload);
    await send("room:1", "small");
    await expect.poll(() => a.events.map((one) => one.event)).toEqual(["small"]);
    expect(service.reported.map((error) => error.message)).toEqual([
      expect.stringContaining("larger than 256 KB"),
    ]);
    await a.leave();
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
      report: (error) => service.reported.push(error),
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
