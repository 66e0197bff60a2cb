import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { connect as startTls } from "node:tls";
import { toOutboundError } from "./errors.ts";
import { blocked, type Target } from "./target.ts";

/** Response headers in all; a site that needs more is not one we read. */
const MAX_HEADER_BYTES = 32 * 1024;

/** What is sent on one hop. `headers` are lower case; `host` and `content-length` are set here. */
export interface HopInit {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | null;
}

/**
 * Sends one request to one of the target's checked addresses, on a connection of its own, and resolves when the
 * headers are in. The caller reads or destroys the message. Rejects with OutboundError, or with an abort error.
 * @param tunnel a connection to one of the addresses through a proxy; null to connect from here
 */
export function openHop(
  target: Target,
  init: HopInit,
  signal: AbortSignal,
  tunnel: Socket | null,
): Promise<IncomingMessage> {
  const { url, host, addresses } = target;
  const secure = url.protocol === "https:";
  const isLiteral = isIP(host) !== 0;
  const headers: Record<string, string> = { ...init.headers, host: url.host };
  if (init.body) headers["content-length"] = String(init.body.byteLength);
  const server = {
    // Node does not ask `lookup` about a literal, so a literal is replaced by its checked address here.
    host: isLiteral ? (addresses[0] ?? host) : host,
    port: target.port,
    ...(secure && !isLiteral ? { servername: host } : {}),
  };
  const options = {
    ...server,
    path: url.pathname + url.search,
    method: init.method,
    headers,
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  };

  return new Promise((resolve, reject) => {
    const request = tunnel
      ? http.request({
          ...options,
          createConnection: () => (secure ? startTls({ ...server, socket: tunnel }) : tunnel),
        })
      : (secure ? https : http).request({ ...options, agent: false, lookup: pinnedLookup(addresses) });
    request.once("response", (response) => {
      if (tunnel || isCheckedPeer(response.socket.remoteAddress, addresses)) return resolve(response);
      response.destroy();
      reject(blocked(host));
    });
    request.on("error", (error) => reject(signal.aborted ? signal.reason : toOutboundError(error, host)));
    request.end(init.body ?? undefined);
  });
}

/** A `lookup` that knows only the addresses that were checked, so that a second DNS answer cannot replace them. */
export function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (host, options, callback) => {
    const [first] = entries;
    if (!first) return callback(new Error(`No checked address for ${host}`), "", 0);
    if (options.all) callback(null, entries);
    else callback(null, first.address, first.family);
  };
}

/**
 * Whether the connection went to a checked address. A runtime that ignores `lookup` would resolve the name again
 * and could be led elsewhere: then its response is not used.
 */
export function isCheckedPeer(peer: string | undefined, addresses: readonly string[]): boolean {
  return peer === undefined || addresses.some((address) => canonical(address) === canonical(peer));
}

function canonical(address: string): string {
  const unmapped = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(unmapped) === 6 ? new URL(`http://[${unmapped}]`).hostname : unmapped;
}
