import type { WebSocket } from "ws";
import { type Identity, Unauthorized } from "../identity.ts";
import { asError } from "./as-error.ts";
import type { Authorise, MayRead, Permissions } from "./authorise.ts";
import { type Channel, type Channels, maxPayloadBytes } from "./channels.ts";
import { CheckedDelivery } from "./checked-delivery.ts";
import { Refused, readJoin, TryAgain, topicPrefix } from "./join.ts";
import { type ClientMessage, decode, encode, isObject, MalformedFrame, type Version } from "./wire.ts";

/** What a session needs of the server. */
export interface SessionContext {
  channels: Channels;
  authorise: Authorise;
  mayRead: MayRead;
  /** Who speaks, given the token of a join or a refresh; null is the API key alone. Throws Unauthorized. */
  identify: (token: string | null) => Promise<Identity>;
  /** Whether database messages are flowing; joins wait until they are. */
  following: () => boolean;
  /** Bytes that may wait for a slow client before it is disconnected. */
  maxBufferedBytes: number;
  report: (error: Error) => void;
}

interface Joined extends Channel {
  readonly joinRef: string | null;
  readonly acknowledges: boolean;
  identity: Identity;
  permissions: Permissions;
  expiry: NodeJS.Timeout | undefined;
}

const maxChannels = 100;
const maxTimerMs = 2 ** 31 - 1;
const tryAgainLater = 1013;
const unsupportedData = 1003;

/** One client's connection: its joined channels and the messages it sends, handled one at a time in order. */
export class Session {
  readonly #socket: WebSocket;
  readonly #version: Version;
  readonly #context: SessionContext;
  readonly #joined = new Map<string, Joined>();
  #waiting = 0;
  #queue: Promise<void> = Promise.resolve();
  /** When the client was last heard of, in ms since the epoch. */
  lastSeen = Date.now();

  constructor(socket: WebSocket, version: Version, context: SessionContext) {
    this.#socket = socket;
    this.#version = version;
    this.#context = context;
    socket.on("message", (data, isBinary) => this.#enqueue(asBuffer(data), isBinary));
    socket.on("close", () => {
      for (const channel of this.#joined.values()) this.#drop(channel);
    });
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Reading pauses while messages wait, so a client that floods fills its own socket and not our memory. */
  #enqueue(data: Buffer, isBinary: boolean): void {
    this.lastSeen = Date.now();
    this.#waiting += 1;
    this.#socket.pause();
    this.#queue = this.#queue
      .then(() => this.#handle(decode(data, isBinary)))
      .catch((error: unknown) => {
        if (!(error instanceof MalformedFrame)) this.#context.report(asError(error));
        this.#socket.close(
          unsupportedData,
          error instanceof MalformedFrame ? error.message : "Internal error",
        );
      })
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#socket.resume();
      });
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (message.topic === "phoenix") {
      if (message.event === "heartbeat") this.#reply(message, "ok");
      return;
    }
    const channel = this.#joined.get(message.topic);
    try {
      if (message.event === "phx_join") await this.#join(message);
      else if (!channel) throw new Refused("unmatched topic");
      else if (message.event === "phx_leave") this.#leave(channel, message);
      else if (message.event === "access_token") await this.#refresh(channel, message.payload);
      else if (message.event === "broadcast") this.#broadcast(channel, message);
      else throw new Refused(`The event "${message.event}" is not served: only broadcast is`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#reply(message, "error", { reason: error.message });
    }
  }

  async #join(message: ClientMessage): Promise<void> {
    const { topic, token, self, acknowledges } = readJoin(message);
    const previous = this.#joined.get(message.topic);
    if (previous) this.#drop(previous);
    if (this.#joined.size >= maxChannels) {
      throw new Refused(`ChannelRateLimitReached: At most ${maxChannels} channels a connection`);
    }
    const { identity, permissions } = await this.#admit(topic, token);
    const channel: Joined = {
      topic,
      version: this.#version,
      joinRef: message.joinRef,
      self,
      acknowledges,
      identity,
      permissions,
      expiry: undefined,
      deliver: (frame, messageId) => {
        if (messageId === undefined) this.#send(frame);
        else checked.deliver(frame, messageId);
      },
      fail: () => {
        this.#drop(channel);
        this.#push(channel, "phx_error", { reason: "Messages may have been lost" });
      },
    };
    const checked = this.#checkedDelivery(channel);
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!this.#context.following()) throw new TryAgain(reconnecting);
    this.#joined.set(message.topic, channel);
    this.#context.channels.add(channel);
    this.#expire(channel, identity);
    this.#reply(message, "ok", { postgres_changes: [] });
  }

  /** A channel that was dropped meanwhile, or joined anew, gets nothing more. */
  #checkedDelivery(channel: Joined): CheckedDelivery {
    return new CheckedDelivery({
      mayRead: (messageId) => this.#context.mayRead(channel.identity, channel.topic, messageId),
      send: (frame) => {
        if (this.#has(channel)) this.#send(frame);
      },
      onRefused: () => {
        if (this.#has(channel)) this.#close(channel, noLonger(channel.topic));
      },
      onFailed: (error) => {
        this.#context.report(error);
        if (this.#has(channel)) channel.fail();
      },
    });
  }

  /** Who the token speaks for and what they may do on the topic. Throws Refused when they may not read it. */
  async #admit(
    topic: string,
    token: string | null,
  ): Promise<{ identity: Identity; permissions: Permissions }> {
    if (!this.#context.following()) throw new TryAgain(reconnecting);
    try {
      const identity = await this.#context.identify(token);
      const permissions = await this.#context.authorise(identity, topic);
      if (permissions.read) return { identity, permissions };
    } catch (error) {
      if (error instanceof Unauthorized) throw new Refused(`InvalidJWTToken: ${error.message}`);
      this.#context.report(asError(error));
      throw new TryAgain("UnableToSetPolicies: The policies of realtime.messages could not be checked");
    }
    throw new Refused(`Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`);
  }

  #leave(channel: Joined, message: ClientMessage): void {
    this.#drop(channel);
    this.#reply(message, "ok");
    this.#push(channel, "phx_close", {});
  }

  /** A new token of the same client: the policies are asked again, since a membership may have ended. */
  async #refresh(channel: Joined, payload: unknown): Promise<void> {
    const token = isObject(payload) ? payload.access_token : undefined;
    if (typeof token !== "string") return;
    try {
      const { identity, permissions } = await this.#admit(channel.topic, token);
      if (!this.#has(channel)) return; // it failed while the policies were asked
      channel.identity = identity;
      channel.permissions = permissions;
      this.#expire(channel, identity);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!this.#has(channel)) return;
      if (error instanceof TryAgain) channel.fail();
      else this.#close(channel, error.message);
    }
  }

  #broadcast(channel: Joined, message: ClientMessage): void {
    const { event, payload } = isObject(message.payload) ? message.payload : {};
    if (typeof event !== "string") throw new Refused("A broadcast needs an event");
    if (!channel.permissions.write) {
      throw new Refused(
        `Unauthorized: You do not have permissions to send to this Channel topic: ${channel.topic}`,
      );
    }
    const text = JSON.stringify(payload ?? {});
    if (Buffer.byteLength(text) > maxPayloadBytes) throw new Refused("The payload is larger than 256 KB");
    this.#context.channels.broadcast({ topic: channel.topic, event, payload: text }, channel);
    if (channel.acknowledges) this.#reply(message, "ok");
  }

  #expire(channel: Joined, identity: Identity): void {
    clearTimeout(channel.expiry);
    const { exp } = identity.claims;
    if (typeof exp !== "number") return;
    const left = Math.min(Math.max(exp * 1000 - Date.now(), 0), maxTimerMs);
    channel.expiry = setTimeout(() => this.#close(channel, "Token has expired"), left);
  }

  /** Ends a channel for good, and says why. */
  #close(channel: Joined, message: string): void {
    this.#drop(channel);
    this.#push(channel, "system", { status: "error", extension: "system", message, channel: channel.topic });
    this.#push(channel, "phx_close", {});
  }

  #has(channel: Joined): boolean {
    return this.#joined.get(topicPrefix + channel.topic) === channel;
  }

  #drop(channel: Joined): void {
    clearTimeout(channel.expiry);
    if (this.#has(channel)) this.#joined.delete(topicPrefix + channel.topic);
    this.#context.channels.remove(channel);
  }

  #reply({ joinRef, ref, topic }: ClientMessage, status: "ok" | "error", response: object = {}): void {
    const payload = JSON.stringify({ status, response });
    this.#send(encode(this.#version, { joinRef, ref, topic, event: "phx_reply", payload }));
  }

  #push(channel: Joined, event: string, payload: object): void {
    const topic = topicPrefix + channel.topic;
    const text = JSON.stringify(payload);
    this.#send(encode(this.#version, { joinRef: channel.joinRef, ref: null, topic, event, payload: text }));
  }

  #send(frame: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#context.maxBufferedBytes) {
      this.#context.report(new Error("Realtime disconnected a client that reads too slowly"));
      this.#socket.close(tryAgainLater, "Too slow");
      this.#socket.terminate();
      return;
    }
    this.#socket.send(frame);
  }
}

const noLonger = (topic: string) =>
  `Unauthorized: You do not have permissions to read from this Channel topic any more: ${topic}`;

const reconnecting = "Realtime is reconnecting to the database: try again";

function asBuffer(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
