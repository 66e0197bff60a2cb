import { Buffer } from "node:buffer";
import { connect, isIP, type Socket } from "node:net";
import type { OutboundProxy } from "./proxies.ts";

/** A proxy that does not work takes a part of a request's time, not all of it. */
const OPENS_WITHIN_MS = 4_000;
const MAX_ANSWER_BYTES = 16 * 1024;
/** What a proxy says that works itself, but did not reach where it was sent, or may not go there. */
const NOT_REACHED = new Set([403, 502, 503, 504]);

/** Why a proxy opened no connection. Nothing of the proxy's address is in it. */
export class TunnelError extends Error {
  override readonly name = "TunnelError";
  /** False: it may as well be that nothing answers at the address. */
  readonly isProxysFault: boolean;

  constructor(message: string, isProxysFault: boolean) {
    super(message);
    this.isProxysFault = isProxysFault;
  }
}

/**
 * A connection through a proxy (CONNECT) to an address that has been checked. The proxy is told the address and no name, so it cannot resolve that
 * to another one. Throws TunnelError, or the signal's reason.
 */
export async function openTunnel(
  proxy: OutboundProxy,
  { address, port }: { address: string; port: number },
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({ host: proxy.host, port: proxy.port });
  const to = isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  const authorization = proxy.authorization === null ? "" : `proxy-authorization: ${proxy.authorization}\r\n`;
  socket.write(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n${authorization}\r\n`);
  try {
    const status = await answerOf(socket, AbortSignal.any([signal, AbortSignal.timeout(OPENS_WITHIN_MS)]));
    if (status < 200 || status > 299) {
      throw new TunnelError(`the proxy answered with status ${status}`, !NOT_REACHED.has(status));
    }
    return socket;
  } catch (error) {
    socket.on("error", () => {}).destroy(); // it has been given up: nobody waits for what still goes wrong
    signal.throwIfAborted();
    throw error;
  }
}

/** The status that a proxy answers; the socket is then behind its answer. Throws TunnelError. */
function answerOf(socket: Socket, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const end = (settle: () => void) => {
      socket.off("readable", read);
      for (const event of ["error", "end", "close"]) socket.off(event, fail);
      signal.removeEventListener("abort", fail);
      settle();
    };
    const fail = () => end(() => reject(new TunnelError("the proxy does not answer", true)));
    const read = () => {
      for (let chunk: unknown = socket.read(); chunk !== null; chunk = socket.read()) {
        // A socket without an encoding set yields buffers.
        answer = Buffer.concat([answer, chunk as Buffer]);
      }
      const isWhole = answer.includes("\r\n\r\n");
      if (!isWhole && answer.length <= MAX_ANSWER_BYTES) return;
      const status = isWhole ? statusOf(answer) : null;
      const broken = new TunnelError("the proxy did not answer as one", true);
      end(() => (status === null ? reject(broken) : resolve(status)));
    };
    socket.on("readable", read);
    for (const event of ["error", "end", "close"]) socket.on(event, fail);
    signal.addEventListener("abort", fail);
  });
}

/** The status of a whole answer; null if it is none, or says "open" with something behind it that nobody asked for yet. */
function statusOf(answer: Buffer): number | null {
  const [, status] = /^HTTP\/1\.[01] (\d{3})\b/.exec(answer.toString("latin1", 0, 64)) ?? [];
  if (status === undefined) return null;
  const isAllOfIt = answer.indexOf("\r\n\r\n") === answer.length - 4;
  return isAllOfIt || !status.startsWith("2") ? Number(status) : null;
}
