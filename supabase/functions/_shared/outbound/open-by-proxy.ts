import type { IncomingMessage } from "node:http";
import { OutboundError } from "./errors.ts";
import { type HopInit, openHop } from "./hop.ts";
import type { OutboundProxy } from "./proxies.ts";
import type { ProxyPool } from "./proxy-pool.ts";
import type { Target } from "./target.ts";
import { openTunnel, TunnelError } from "./tunnel.ts";

/**
 * Sends one request to the target, through a proxy of the pool if there is one; a proxy that opens no connection is passed over for the next, nothing having been
 * sent yet. Exceptions of the policy are reached directly: to a proxy their addresses would mean its own network. Throws as `openHop`, and OutboundError
 * `proxy_failed`.
 */
export async function openByProxy(
  target: Target,
  init: HopInit,
  signal: AbortSignal,
  pool: ProxyPool | undefined,
): Promise<IncomingMessage> {
  if (!pool || target.exempt) return openHop(target, init, signal, null);
  const tried = new Map<OutboundProxy, TunnelError>();
  for (;;) {
    const proxy = pool.choose(new Set(tried.keys()));
    if (proxy === "direct") return openHop(target, init, signal, null);
    if (proxy === null) throw errorOf([...tried.values()], target.host);
    const tunnel = await tunnelTo(target, proxy, pool, signal);
    if (!(tunnel instanceof TunnelError)) return openHop(target, init, signal, tunnel);
    tried.set(proxy, tunnel);
  }
}

async function tunnelTo(
  { addresses: [address = ""], port }: Target,
  proxy: OutboundProxy,
  pool: ProxyPool,
  signal: AbortSignal,
) {
  const end = pool.begin(proxy);
  try {
    const tunnel = await openTunnel(proxy, { address, port }, signal);
    end("opened");
    return tunnel;
  } catch (error) {
    if (error instanceof TunnelError) {
      end(error.isProxysFault ? "proxy failed" : "proxy or site failed");
      return error;
    }
    end(null);
    throw error;
  }
}

/** What is told of a site that no proxy opened a connection to. */
function errorOf(errors: readonly TunnelError[], host: string): OutboundError {
  const cause = { cause: new AggregateError(errors) };
  return errors.every((one) => one.isProxysFault)
    ? new OutboundError("proxy_failed", `${host} was not contacted, because no outbound proxy works`, cause)
    : new OutboundError("connect_failed", `${host} was not reached through an outbound proxy`, cause);
}
