import type { IntegrationKind } from "@contracts";

/** What a kind of integration is called, what it is, and how one begins. */
interface KindWords {
  label: string;
  /** One line for whoever chooses. */
  hint: string;
  /** Where the address comes from. */
  address: string;
  placeholder: string;
}

export const KINDS: Record<IntegrationKind, KindWords> = {
  n8n: {
    label: "n8n",
    hint: "A workflow of yours gets companies in batches and answers, at once or later.",
    address: "The production URL of the workflow’s Webhook node.",
    placeholder: "https://n8n.example.com/webhook/research",
  },
  clay: {
    label: "Clay",
    hint: "Each company becomes a row of a Clay table; the table sends the results back.",
    address: "The webhook URL of the table, from its source “Pull in data from a webhook”.",
    placeholder: "https://api.clay.com/v3/sources/webhook/…",
  },
  webhook: {
    label: "Webhook",
    hint: "Any service that takes an HTTP request with a batch of companies.",
    address: "Where batches are sent, by POST.",
    placeholder: "https://research.example.com/jobs",
  },
};

interface KindDefaults {
  auth_header: string | null;
  batch_size: number;
  max_in_flight: number;
  requests_per_second: number | null;
  burst: number;
}

const BATCHES: KindDefaults = {
  auth_header: null,
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: null,
  burst: 1,
};

/** The settings a new integration of a kind begins with, beside those of the database. */
export const KIND_DEFAULTS: Record<IntegrationKind, KindDefaults> = {
  n8n: BATCHES,
  webhook: BATCHES,
  // A Clay table takes one row a request, ten requests a second, and knows us by a header.
  clay: {
    auth_header: "x-clay-webhook-auth",
    batch_size: 1,
    max_in_flight: 20,
    requests_per_second: 10,
    burst: 20,
  },
};
