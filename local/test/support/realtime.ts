import { once } from "node:events";
import type { RealtimeChannel, SupabaseClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { startRealtime } from "../../src/realtime/server.ts";
import { type Fixture, serveOn, signIn, startFixture, type User } from "./fixture.ts";

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
/** The realtime service over a database of its own: alice may speak in room:1, bob only listen; mallory is in room:2. */
export interface RealtimeService {
  fixture: Fixture;
  url: string;
  alice: User;
  bob: User;
  mallory: User;
  /** Failures that no client was told about. */
  reported: Error[];
  addMember(room: string, user: User, mayWrite: boolean): Promise<unknown>;
  /** Sends from the database. */
  send(topic: string, event: string, payload?: object): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startRealtimeService(): Promise<RealtimeService> {
  const fixture = await startFixture(migration);
  const reported: Error[] = [];
  const realtime = await startRealtime({
    connection: fixture.database.connection("supabase_realtime_admin"),
    keys: fixture.keys,
    tokens: fixture.tokens,
    maxBufferedBytes: 2_000_000,
    report: (error) => reported.push(error),
  });
  const { url, server } = await serveOn({ "/realtime/v1": realtime.app });
  server.on("upgrade", (request, socket, head) => realtime.handleUpgrade(request, socket, head));
  const users = {
    alice: await signIn(fixture, url),
    bob: await signIn(fixture, url),
    mallory: await signIn(fixture, url),
  };
  const addMember: RealtimeService["addMember"] = (room, user, mayWrite) =>
    fixture.sql.query("insert into public.members values ($1, $2, $3)", [room, user.id, mayWrite]);
  await addMember("room:1", users.alice, true);
  await addMember("room:1", users.bob, false);
  await addMember("room:2", users.mallory, true);
  return {
    fixture,
    url,
    ...users,
    reported,
    addMember,
    send: (topic, event, payload = {}) =>
      fixture.sql.query("select realtime.send($1, $2, $3)", [payload, event, topic]),
    async stop() {
      await Promise.all(Object.values(users).map((user) => user.client.realtime.disconnect()));
      server.close();
      await realtime.close();
      await fixture.stop();
    },
  };
}

export interface Heard {
  channel: RealtimeChannel;
  statuses: string[];
  errors: string[];
  events: { event: string; payload: Record<string, unknown> }[];
  leave(): Promise<unknown>;
}

/** Joins a private channel and waits for the first answer; collects what happens from then on. */
export async function listen(client: SupabaseClient, topic: string, config: object = {}): Promise<Heard> {
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
export async function connect(url: string, query: string) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/realtime/v1/websocket?${query}`);
  const frames: unknown[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data))));
  await once(socket, "open");
  return { socket, frames };
}
