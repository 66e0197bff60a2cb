import { WEBHOOK_LIMITS } from "../contracts/webhooks.ts";
import { OutboundError } from "../outbound/errors.ts";
import type { OutboundPolicy } from "../outbound/policy.ts";
import { request } from "../outbound/request.ts";
import { retryAfterMs } from "../outbound/retry-after.ts";
import type { Resolver } from "../outbound/target.ts";
import { keptText } from "../webhooks/kept-text.ts";
import { SLICE_OVER, type Trouble, troubleOfError, troubleOfStatus } from "./webhook-reply.ts";

/** One outgoing request as it is kept for people to read. Tokens, secrets and what is past 64 KB are left out. */
export interface Delivery {
  /** Host and path: a query may hold a secret. */
  address: string;
  sentAt: number;
  durationMs: number;
  requestHeaders: Readonly<Record<string, string>>;
  requestBody: string;
  /** Null if there was no response. */
  status: number | null;
  responseBody: string | null;
  retryAfterMs: number | null;
  /** Why the request as a whole brought no results; null if it did, or if they are to come. */
  error: { code: string; reason: string } | null;
  /** Sentences about what was received and not used. */
  notes: string[];
}

/** How a webhook is reached. */
export interface Endpoint {
  url: string;
  /** Headers that authorise us there: their values are never kept. */
  secretHeaders: Readonly<Record<string, string>>;
  policy: OutboundPolicy;
  /** Milliseconds for the whole request. */
  timeoutMs: number;
  resolver?: Resolver;
}

interface Message {
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What must not be kept, wherever it shows up. */
  secrets: readonly string[];
}

/** A 2xx with its text, or what went wrong; with the delivery to keep. */
export type Posted = { delivery: Delivery } & (
  | { trouble: null; status: number; text: string; host: string }
  | { trouble: Trouble }
);

/** Posts JSON to a webhook. Everything that goes wrong outside is a Trouble; only our own faults are thrown. */
export async function postWebhook(
  endpoint: Endpoint,
  message: Message,
  signal?: AbortSignal,
): Promise<Posted> {
  const secrets = [...message.secrets, ...Object.values(endpoint.secretHeaders)];
  const keep = (text: string) => keptText(text, secrets);
  const hidden = Object.keys(endpoint.secretHeaders).map((name) => [name, "[hidden]"]);
  const started = performance.now();
  const delivery: Delivery = {
    address: addressOf(endpoint.url),
    sentAt: Date.now(),
    durationMs: 0,
    requestHeaders: { ...message.headers, ...Object.fromEntries(hidden) },
    requestBody: keep(message.body),
    status: null,
    responseBody: null,
    retryAfterMs: null,
    error: null,
    notes: [],
  };
  const failed = (trouble: Trouble): Posted => {
    delivery.error = { code: trouble.code, reason: trouble.reason };
    return { delivery, trouble };
  };
  try {
    const response = await request(endpoint.url, {
      policy: endpoint.policy,
      method: "POST",
      headers: { ...message.headers, ...endpoint.secretHeaders },
      body: message.body,
      timeoutMs: endpoint.timeoutMs,
      maxBytes: WEBHOOK_LIMITS.bytes,
      maxRedirects: 0,
      ...(signal && { signal }),
      ...(endpoint.resolver && { resolver: endpoint.resolver }),
    });
    const text = new TextDecoder().decode(response.body);
    delivery.status = response.status;
    delivery.responseBody = keep(text);
    delivery.retryAfterMs = retryAfterMs(response);
    const { host } = new URL(endpoint.url);
    if (response.status >= 200 && response.status < 300) {
      return { delivery, trouble: null, status: response.status, text, host };
    }
    return failed(troubleOfStatus(response.status, host, delivery.retryAfterMs));
  } catch (error) {
    if (signal?.aborted) return failed(SLICE_OVER);
    if (error instanceof OutboundError) return failed(troubleOfError(error));
    throw error;
  } finally {
    delivery.durationMs = Math.round(performance.now() - started);
  }
}

function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : "";
}
