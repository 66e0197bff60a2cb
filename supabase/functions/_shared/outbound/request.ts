import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { ACCEPT_ENCODING, readBody } from "./body.ts";
import { OutboundError } from "./errors.ts";
import type { HopInit } from "./hop.ts";
import { openByProxy } from "./open-by-proxy.ts";
import type { OutboundPolicy } from "./policy.ts";
import type { ProxyPool } from "./proxy-pool.ts";
import { blocked, parseUrl, type Resolver, resolveTarget, systemResolver, type Target } from "./target.ts";

export interface OutboundOptions {
  /** Exceptions to "public addresses only"; `PUBLIC_ONLY` for none. */
  policy: OutboundPolicy;
  /** The proxies to go through; without, every request leaves from here. */
  proxies?: ProxyPool | undefined;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds for everything: DNS, every redirect, the whole body. */
  timeoutMs?: number;
  /** Bytes of body after decompression. */
  maxBytes?: number;
  /** Keep the first `maxBytes` of a longer body instead of failing with `too_large`. */
  truncate?: boolean;
  /** 0 hands a redirect back as the response. */
  maxRedirects?: number;
  /** Called before a redirect is followed; throwing stops the request with that error. */
  beforeRedirect?: (to: URL) => void | Promise<void>;
  /** Says from status and headers whether the body is worth reading; if not, the body is empty. */
  wantBody?: (status: number, headers: Readonly<Record<string, string>>) => boolean;
  signal?: AbortSignal;
  resolver?: Resolver;
}

export interface OutboundResponse {
  status: number;
  /** The address that answered, after redirects. */
  url: string;
  /** Names in lower case; repeated headers joined with ", ". */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  truncated: boolean;
  /** The addresses that redirected, in order; empty when the first one answered. */
  redirects: readonly string[];
}

const DEFAULTS = { timeoutMs: 8_000, maxBytes: 2 * 1024 * 1024, maxRedirects: 5 };
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
/** What may follow a redirect to another origin: nothing that identifies or authorises the sender. */
const PORTABLE_HEADERS = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "content-type",
  "user-agent",
]);

/**
 * The only way this product makes an outgoing request. Any HTTP status is a response; everything else is an
 * OutboundError. When `signal` is aborted its reason is thrown.
 */
export async function request(url: string, options: OutboundOptions): Promise<OutboundResponse> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? DEFAULTS.timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const start = parseUrl(url);
  try {
    return await follow(start, options, signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new OutboundError("timeout", `${start.hostname} took too long to answer`, { cause: error });
  }
}

async function follow(start: URL, options: OutboundOptions, signal: AbortSignal): Promise<OutboundResponse> {
  const maxRedirects = options.maxRedirects ?? DEFAULTS.maxRedirects;
  const redirects: string[] = [];
  let init = firstInit(options);
  let url = start;
  let previous: Target | null = null;
  for (;;) {
    const target: Target = await unlessAborted(
      resolveTarget(url, options.policy, options.resolver ?? systemResolver),
      signal,
    );
    // Exceptions are for what this installation asks for itself: a public site may not lead into them.
    if (target.exempt && previous !== null && !previous.exempt) throw blocked(target.host);
    const message = await openByProxy(target, init, signal, options.proxies);
    const location = maxRedirects === 0 ? null : redirectLocation(message);
    if (location === null) return await finish(message, target, redirects, options);

    message.destroy();
    redirects.push(url.href);
    const next = parseUrl(location, url);
    if (redirects.length > maxRedirects || redirects.includes(next.href)) {
      throw new OutboundError("too_many_redirects", `${start.hostname} redirects in a circle or too often`);
    }
    await options.beforeRedirect?.(next);
    init = initAfterRedirect(init, message.statusCode ?? 0, next.origin === url.origin);
    previous = target;
    url = next;
  }
}

async function finish(
  message: IncomingMessage,
  target: Target,
  redirects: readonly string[],
  options: OutboundOptions,
): Promise<OutboundResponse> {
  const status = message.statusCode ?? 0;
  const headers = flatHeaders(message.headers);
  const base = { status, url: target.url.href, headers, redirects };
  if (options.wantBody && !options.wantBody(status, headers)) {
    message.destroy();
    return { ...base, body: new Uint8Array(), truncated: false };
  }
  const limits = { maxBytes: options.maxBytes ?? DEFAULTS.maxBytes, truncate: options.truncate ?? false };
  const { bytes, truncated } = await readBody(message, target.host, limits);
  return { ...base, body: bytes, truncated };
}

function firstInit(options: OutboundOptions): HopInit {
  const headers: Record<string, string> = { "accept-encoding": ACCEPT_ENCODING };
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value;
  const body = typeof options.body === "string" ? new TextEncoder().encode(options.body) : options.body;
  return { method: (options.method ?? "GET").toUpperCase(), headers, body: body ?? null };
}

/** As the fetch standard: 303, and 301 or 302 to a POST, go on as GET; another origin gets no private header. */
function initAfterRedirect(init: HopInit, status: number, sameOrigin: boolean): HopInit {
  const toGet =
    (status === 303 && init.method !== "HEAD") ||
    ((status === 301 || status === 302) && init.method === "POST");
  const kept = Object.entries(init.headers).filter(
    ([name]) => (sameOrigin || PORTABLE_HEADERS.has(name)) && !(toGet && name === "content-type"),
  );
  const headers = Object.fromEntries(kept);
  return toGet ? { method: "GET", headers, body: null } : { ...init, headers };
}

function redirectLocation(message: IncomingMessage): string | null {
  if (!REDIRECT_STATUSES.has(message.statusCode ?? 0)) return null;
  const location = message.headers.location;
  if (location === undefined || location === "") return null;
  // Header bytes arrive as latin-1; servers that send raw UTF-8 paths mean UTF-8.
  const bytes = Buffer.from(location, "latin1");
  const utf8 = bytes.toString("utf8");
  return utf8.includes("\uFFFD") ? location : utf8;
}

function flatHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/** DNS lookups cannot be cancelled; this stops waiting for one. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
