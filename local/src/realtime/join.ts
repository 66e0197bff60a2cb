import { type ClientMessage, isObject } from "./wire.ts";

/** What a client asks for when it joins a topic. */
export interface Join {
  /** Without the "realtime:" prefix. */
  topic: string;
  /** The session's token; null is the API key alone. */
  token: string | null;
  /** Whether it wants its own broadcasts back. */
  self: boolean;
  /** Whether it wants each of its broadcasts answered. */
  acknowledges: boolean;
}

/** Why a message is refused; the client sees the text as `reason`. */
export class Refused extends Error {}

/** Refused for now, for a reason that passes: clients join again. */
export class TryAgain extends Refused {}

/** Of every topic on the wire but "phoenix". */
export const topicPrefix = "realtime:";

const maxTopicLength = 255;

/** Reads a phx_join. Throws Refused when it asks for what is not served here: anything but private broadcast. */
export function readJoin(message: ClientMessage): Join {
  const payload = isObject(message.payload) ? message.payload : {};
  const config = isObject(payload.config) ? payload.config : {};
  const broadcast = isObject(config.broadcast) ? config.broadcast : {};
  const topic = message.topic.startsWith(topicPrefix) ? message.topic.slice(topicPrefix.length) : "";
  if (!topic) throw new Refused("TopicNameRequired: You must provide a topic name");
  if (topic.length > maxTopicLength) throw new Refused(`A topic has at most ${maxTopicLength} characters`);
  if (config.private !== true) throw new Refused("PrivateOnly: This project only allows private channels");
  if (Array.isArray(config.postgres_changes) && config.postgres_changes.length > 0) {
    throw new Refused("postgres_changes is not served: use broadcast from the database");
  }
  if (isObject(config.presence) && config.presence.enabled === true) {
    throw new Refused("Presence is not served: use broadcast");
  }
  return {
    topic,
    token: typeof payload.access_token === "string" ? payload.access_token : null,
    self: broadcast.self === true,
    acknowledges: broadcast.ack === true,
  };
}
