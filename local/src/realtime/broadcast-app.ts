import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type ApiKeys, identify, Unauthorized } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import type { Authorise } from "./authorise.ts";
import { type Broadcast, type Channels, maxPayloadBytes } from "./channels.ts";
import { isObject } from "./wire.ts";

interface BroadcastOptions {
  channels: Channels;
  authorise: Authorise;
  keys: ApiKeys;
  tokens: Tokens;
}

const maxMessages = 100;
const maxBodyBytes = 1024 * 1024;

/** The request does not describe broadcasts on private channels; the message says why. */
class BadBroadcast extends Error {}

/** Sending without a connection: POST /api/broadcast and POST /api/broadcast/:topic/events/:event, both answer 202. */
export function broadcastApp({ channels, authorise, keys, tokens }: BroadcastOptions) {
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (c) => c.json({ error: "The body is larger than 1 MB" }, 413),
    }),
  );
  app.onError((error, c) => {
    if (error instanceof Unauthorized) return c.json({ error: error.message }, 401);
    if (error instanceof BadBroadcast) return c.json({ error: error.message }, 400);
    throw error;
  });

  /** All or nothing: a message to a topic that the caller may not write to refuses the request. */
  const send = async (c: Context, read: (body: unknown) => Broadcast[]): Promise<Response> => {
    const identity = await identify(c.req.raw.headers, keys, tokens);
    const messages = read(readJson(await c.req.text()));
    for (const topic of new Set(messages.map((message) => message.topic))) {
      const { write } = await authorise(identity, topic);
      if (write) continue;
      return c.json({ error: `You do not have permissions to send to this Channel topic: ${topic}` }, 403);
    }
    for (const message of messages) channels.broadcast(message);
    return c.body(null, 202);
  };

  app.post("/api/broadcast", (c) => send(c, readMessages));
  app.post("/api/broadcast/:topic/events/:event", (c) => {
    const { topic, event } = c.req.param();
    const isPrivate = c.req.query("private") === "true";
    return send(c, (payload) => [readMessage({ topic, event, payload, private: isPrivate })]);
  });
  return app;
}

function readMessages(body: unknown): Broadcast[] {
  if (!isObject(body) || !Array.isArray(body.messages))
    throw new BadBroadcast("The body needs a list of messages");
  if (body.messages.length > maxMessages) throw new BadBroadcast(`At most ${maxMessages} messages a request`);
  return body.messages.map(readMessage);
}

function readMessage(message: unknown): Broadcast {
  if (!isObject(message)) throw new BadBroadcast("A message is an object");
  const { topic, event, payload } = message;
  if (typeof topic !== "string" || topic === "") throw new BadBroadcast("A message needs a topic");
  if (typeof event !== "string" || event === "") throw new BadBroadcast("A message needs an event");
  if (message.private !== true) throw new BadBroadcast("This project only allows private channels");
  const text = JSON.stringify(payload ?? {});
  if (Buffer.byteLength(text) > maxPayloadBytes) throw new BadBroadcast("The payload is larger than 256 KB");
  return { topic, event, payload: text };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBroadcast("The body is not JSON");
  }
}
