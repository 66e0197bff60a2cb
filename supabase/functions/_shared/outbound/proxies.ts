import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { bareHost } from "./policy.ts";

/** A proxy that this installation may send requests through. */
export interface OutboundProxy {
  /** Names it without telling where it is or who uses it: SHA-256 of `user@host:port`, in hex. */
  id: string;
  host: string;
  port: number;
  /** The value of `proxy-authorization`; null if it asks for none. */
  authorization: string | null;
}

/** How requests may leave. */
export interface OutboundWays {
  proxies: readonly OutboundProxy[];
  /** Whether they may also leave without a proxy. */
  isDirect: boolean;
}

/**
 * Parses `OUTBOUND_PROXIES`, which only whoever runs the installation sets. Entries are separated by commas:
 *
 *     http://proxy.internal:3128            a proxy that takes CONNECT
 *     http://user:password@198.51.100.7:80  one that asks who it is
 *     direct                                requests may also leave without a proxy
 *
 * Null when there is no proxy. Throws an Error that says which entry cannot be read, by its place: it may hold a password.
 */
export function parseProxies(text: string | undefined): OutboundWays | null {
  const entries = (text ?? "").split(",").map((entry) => entry.trim());
  const proxies = entries.flatMap((entry, place) =>
    entry === "" || entry === "direct" ? [] : [parseProxy(entry, place + 1)],
  );
  return proxies.length === 0 ? null : { proxies, isDirect: entries.includes("direct") };
}

function parseProxy(entry: string, place: number): OutboundProxy {
  const url = URL.canParse(entry) ? new URL(entry) : null;
  const isPlain = url?.pathname === "/" && url.search === "" && url.hash === "";
  if (url?.protocol !== "http:" || url.hostname === "" || !isPlain) throw badEntry(place);
  const host = bareHost(url.hostname);
  const port = url.port === "" ? 80 : Number(url.port);
  const [user, password] = [decoded(url.username, place), decoded(url.password, place)];
  return {
    id: createHash("sha256").update(`${user}@${host}:${port}`).digest("hex"),
    host,
    port,
    authorization:
      user === "" ? null : `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`,
  };
}

function decoded(text: string, place: number): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badEntry(place);
  }
}

function badEntry(place: number): Error {
  return new Error(
    `OUTBOUND_PROXIES: cannot read entry ${place}; write http://host:port, http://user:password@host:port or direct`,
  );
}
