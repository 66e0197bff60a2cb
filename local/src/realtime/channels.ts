import { encode, type Version } from "./wire.ts";

/** A broadcast on its way to everyone who listens to `topic` (without the "realtime:" prefix). */
export interface Broadcast {
  topic: string;
  event: string;
  /** JSON text. */
  payload: string;
  /** The row of realtime.messages it came from. */
  id?: string;
}

/** One joined topic of one client. */
export interface Channel {
  readonly topic: string;
  readonly version: Version;
  /** Whether the client hears its own broadcasts. */
  readonly self: boolean;
  /** Sends an encoded frame to the client; that of a row of realtime.messages only if its policies still allow it. */
  deliver(frame: string, messageId?: string): void;
  /** Ends the channel with an error, upon which clients join again. */
  fail(): void;
}

/** The most bytes of JSON one broadcast may carry, as on hosted projects. */
export const maxPayloadBytes = 256 * 1024;

/** Who is joined to what. */
export class Channels {
  readonly #byTopic = new Map<string, Set<Channel>>();

  add(channel: Channel): void {
    const joined = this.#byTopic.get(channel.topic);
    if (joined) joined.add(channel);
    else this.#byTopic.set(channel.topic, new Set([channel]));
  }

  remove(channel: Channel): void {
    const joined = this.#byTopic.get(channel.topic);
    joined?.delete(channel);
    if (joined?.size === 0) this.#byTopic.delete(channel.topic);
  }

  /** Delivers to every channel of the topic, but not to the sender's own unless it asked for that. */
  broadcast(message: Broadcast, from?: Channel): void {
    const joined = this.#byTopic.get(message.topic);
    if (!joined) return;
    const frames = new Map<Version, string>();
    for (const channel of joined) {
      if (channel === from && !channel.self) continue;
      const frame = frames.get(channel.version) ?? broadcastFrame(channel.version, message);
      frames.set(channel.version, frame);
      channel.deliver(frame, message.id);
    }
  }

  /** Messages were lost: every channel ends with an error, so that clients join again and refetch. */
  failAll(): void {
    const all = [...this.#byTopic.values()].flatMap((joined) => [...joined]);
    for (const channel of all) channel.fail();
  }
}

function broadcastFrame(version: Version, { topic, event, payload, id }: Broadcast): string {
  const meta = id === undefined ? "" : `,"meta":${JSON.stringify({ id })}`;
  return encode(version, {
    joinRef: null,
    ref: null,
    topic: `realtime:${topic}`,
    event: "broadcast",
    payload: `{"type":"broadcast","event":${JSON.stringify(event)},"payload":${payload}${meta}}`,
  });
}
