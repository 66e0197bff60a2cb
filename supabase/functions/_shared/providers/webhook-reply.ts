import { isPassing, type OutboundError } from "../outbound/errors.ts";
import type { JobOutcome } from "./provider.ts";

/** An outcome for every job of a request that brought no results. */
export type Trouble = Extract<JobOutcome, { kind: "retry" | "failed" }>;

/** What a job is told that is tried again; its last try and a test are told otherwise. */
export const ASKED_AGAIN = "It is asked again by itself.";

/** What a status that is not 2xx means, in a sentence the owner of the integration can act on. */
export function troubleOfStatus(status: number, host: string, retryAfterMs: number | null): Trouble {
  if (status === 429 || status === 503) {
    const reason = `${host} takes no more requests for now (${status}). ${ASKED_AGAIN}`;
    return { kind: "retry", afterMs: retryAfterMs, code: "throttled", reason };
  }
  if (status >= 500 || [408, 409, 425].includes(status)) {
    const reason = `${host} had a problem of its own (${status}). ${ASKED_AGAIN}`;
    return { kind: "retry", afterMs: retryAfterMs, code: `http_${status}`, reason };
  }
  if (status >= 300 && status < 400) {
    const reason = `${host} redirects elsewhere, which is not followed. Put the final address into the integration.`;
    return { kind: "failed", code: "redirected", reason };
  }
  return { kind: "failed", code: `http_${status}`, reason: `${host} ${refusal(status)}` };
}

/** What a request that got no response means. */
export function troubleOfError(error: OutboundError): Trouble {
  const code = error.code;
  const advice = ADVICE[code];
  const reason = advice ? `${error.message}. ${advice}` : `${error.message}.`;
  return isPassing(error) ? { kind: "retry", afterMs: null, code, reason } : { kind: "failed", code, reason };
}

/** There was no time left in this slice; that is no failed attempt. */
export const SLICE_OVER: Trouble = {
  kind: "retry",
  afterMs: 0,
  code: "slice_over",
  reason: "There was no time left for this job; it is next.",
};

/** A 2xx whose body is neither empty nor JSON. */
export function notJson(text: string, host: string): Trouble {
  const what = /^\s*</.test(text) ? "a web page" : "something";
  const reason = `${host} answered with ${what} that is not JSON. Check that the address is the webhook's own, and what its last step answers.`;
  return { kind: "failed", code: "not_json", reason };
}

const ADVICE: Partial<Record<OutboundError["code"], string>> = {
  blocked_address:
    "Use a public address, or ask whoever runs this installation to allow it in OUTBOUND_ALLOW_HOSTS.",
  tls_failed: "Renew its certificate, then retry.",
  too_large: "Use a smaller batch size, or answer with less data.",
  bad_url: "Correct the integration's address.",
  timeout: "Long work is better answered with 202 and handed in at the callback address.",
};

function refusal(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `did not let us in (${status}). Check the secret here and the authentication there.`;
    case 404:
    case 410:
      return `has no webhook at this address (${status}). Check the address, and that the workflow is active.`;
    case 413:
      return "refused the batch as too large (413). Use a smaller batch size.";
    default:
      return `refused the request (${status}). The response is kept in the delivery.`;
  }
}
