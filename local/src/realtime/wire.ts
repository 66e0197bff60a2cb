/** The versions of the Phoenix channel protocol that supabase-js speaks: objects (1.0.0) or arrays (2.0.0). */
export type Version = "1.0.0" | "2.0.0";

/** One frame from a client, in either version. `topic` carries the "realtime:" prefix, except "phoenix". */
export interface ClientMessage {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: unknown;
}

/** One frame to a client. `payload` is JSON text already, so that a broadcast is serialised once for all listeners. */
export interface ServerMessage {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: string;
}

/** A frame that no client of ours would send. */
export class MalformedFrame extends Error {}

const pushKind = 3;
const pushHeaderLength = 7;
const jsonEncoding = 1;

/** Reads a text frame (JSON) or a binary one (a client's broadcast). Throws MalformedFrame. */
export function decode(data: Buffer, isBinary: boolean): ClientMessage {
  return isBinary ? decodePush(data) : fromJson(parse(data.toString("utf8")));
}

/** The text frame of a message. */
export function encode(version: Version, message: ServerMessage): string {
  const [joinRef, ref, topic, event] = [message.joinRef, message.ref, message.topic, message.event].map(
    (part) => JSON.stringify(part),
  );
  return version === "1.0.0"
    ? `{"topic":${topic},"event":${event},"payload":${message.payload},"ref":${ref},"join_ref":${joinRef}}`
    : `[${joinRef},${ref},${topic},${event},${message.payload}]`;
}

function fromJson(frame: unknown): ClientMessage {
  const [joinRef, ref, topic, event, payload] = Array.isArray(frame)
    ? frame
    : isObject(frame)
      ? [frame.join_ref, frame.ref, frame.topic, frame.event, frame.payload]
      : [];
  if (typeof topic !== "string" || typeof event !== "string") {
    throw new MalformedFrame("A frame needs a topic and an event");
  }
  return { joinRef: asRef(joinRef), ref: asRef(ref), topic, event, payload };
}

/** kind, five lengths and the encoding, a byte each; then join_ref, ref, topic, event, metadata and the payload. */
function decodePush(data: Buffer): ClientMessage {
  if (data.length < pushHeaderLength || data[0] !== pushKind)
    throw new MalformedFrame("Unknown binary frame");
  if (data[6] !== jsonEncoding) throw new MalformedFrame("Only JSON payloads can be broadcast");
  let offset = pushHeaderLength;
  const [joinRef = "", ref = "", topic = "", event = ""] = [...data.subarray(1, 6)].map((length) => {
    const part = data.toString("utf8", offset, offset + length);
    offset += length;
    return part;
  });
  if (offset > data.length) throw new MalformedFrame("A binary frame is shorter than its header says");
  const payload = { type: "broadcast", event, payload: parse(data.toString("utf8", offset)) };
  return { joinRef: joinRef || null, ref: ref || null, topic, event: "broadcast", payload };
}

function asRef(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  throw new MalformedFrame("A ref is a string or null");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedFrame("A frame's text is not JSON");
  }
}

/** Whether JSON text parsed to an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
