import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Hono } from "hono";
import { WebSocketServer } from "ws";
import { openPool } from "../db/pool.ts";
import { type ApiKeys, identifyWith, Unauthorized } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import { asError } from "./as-error.ts";
import { authoriser, messageReader } from "./authorise.ts";
import { broadcastApp } from "./broadcast-app.ts";
import { Channels, maxPayloadBytes } from "./channels.ts";
import { type DatabaseMessage, followMessages } from "./replication.ts";
import { Session, type SessionContext } from "./session.ts";

export interface RealtimeOptions {
  /** Connection string of supabase_realtime_admin, which has REPLICATION and BYPASSRLS. */
  connection: string;
  keys: ApiKeys;
  tokens: Tokens;
  /** Told of what went wrong without a caller to tell. */
  report: (error: Error) => void;
  /** Bytes that may wait for a slow client before it is disconnected; 4 MB unless told. */
  maxBufferedBytes?: number;
}

export interface Realtime {
  /** POST /api/broadcast, to be mounted at /realtime/v1. */
  app: Hono;
  /** An upgrade request for /realtime/v1/websocket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const frameOverheadBytes = 64 * 1024;
const silenceMs = 60_000;
const silenceCheckMs = 15_000;
const pruneEveryMs = 10 * 60_000;
const keepMessagesFor = "1 hour";

/** Private broadcast, from clients and from inserts into realtime.messages. Rejects when Postgres cannot be followed. */
export async function startRealtime(options: RealtimeOptions): Promise<Realtime> {
  const { connection, keys, tokens, report, maxBufferedBytes = 4 * 1024 * 1024 } = options;
  const pool = openPool({ connectionString: connection, max: 4, application_name: "realtime" }, report);
  const channels = new Channels();
  const authorise = authoriser(pool);
  const follower = await followMessages({
    connection,
    onMessage: (message) => relay(channels, message, report),
    onLost: () => channels.failAll(),
    report,
  }).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });

  const sessions = new Set<Session>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPayloadBytes + frameOverheadBytes });
  const context: Omit<SessionContext, "identify"> = {
    channels,
    authorise,
    mayRead: messageReader(pool),
    following: () => follower.following,
    maxBufferedBytes,
    report,
  };

  const open = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const apikey = url.searchParams.get("apikey");
    const version = url.searchParams.get("vsn") === "2.0.0" ? "2.0.0" : "1.0.0";
    if (!url.pathname.endsWith("/websocket")) return refuse(socket, "404 Not Found");
    await identifyWith(apikey, null, keys, tokens);
    sockets.handleUpgrade(request, socket, head, (client) => {
      const identify = (token: string | null) => identifyWith(apikey, token, keys, tokens);
      const session = new Session(client, version, { ...context, identify });
      sessions.add(session);
      client.on("error", () => client.terminate()); // the peer broke the protocol or is gone
      client.on("close", () => sessions.delete(session));
    });
  };

  const silence = setInterval(() => {
    const limit = Date.now() - silenceMs;
    for (const session of sessions) if (session.lastSeen < limit) session.terminate();
  }, silenceCheckMs);
  const prune = () => {
    const text =
      "delete from realtime.messages where inserted_at < (now() at time zone 'utc') - $1::interval";
    pool.query(text, [keepMessagesFor]).catch(report);
  };
  const pruning = setInterval(prune, pruneEveryMs);
  prune();

  return {
    app: broadcastApp({ channels, authorise, keys, tokens }),
    handleUpgrade(request, socket, head) {
      socket.on("error", () => socket.destroy()); // the client left before it was let in
      open(request, socket, head).catch((error: unknown) => {
        if (!(error instanceof Unauthorized)) report(asError(error));
        refuse(socket, error instanceof Unauthorized ? "401 Unauthorized" : "500 Internal Server Error");
      });
    },
    async close() {
      clearInterval(silence);
      clearInterval(pruning);
      for (const session of sessions) session.terminate();
      sockets.close();
      await follower.close();
      await pool.end();
    },
  };
}

function relay(channels: Channels, message: DatabaseMessage, report: (error: Error) => void): void {
  if (!message.private) return;
  if (Buffer.byteLength(message.payload) <= maxPayloadBytes) channels.broadcast(message);
  else report(new Error(`A message to ${message.topic} was dropped: its payload is larger than 256 KB`));
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
}
