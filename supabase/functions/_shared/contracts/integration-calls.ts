/** What the edge functions `integrations` and `research-callback` are asked and answer. */
import * as z from "zod/mini";
import { researchStage } from "./progress.ts";
import { source } from "./sources.ts";

export const secretPurpose = z.enum(["signing", "header"]);
export type SecretPurpose = z.infer<typeof secretPurpose>;

/** Asks for a signing secret to be made, instead of one that is brought along. */
export const GENERATE = "generate";

/** Keeps a secret; null forgets it. A signing secret that is replaced stays valid for a day. */
const saveSecretRequest = z.strictObject({
  action: z.literal("save_secret"),
  integration_id: z.guid(),
  purpose: secretPurpose,
  /** A signing secret is `generate`, or `whsec_` and 24 to 64 bytes as base64; that of a header is its value. */
  secret: z.nullable(z.string().check(z.minLength(1), z.maxLength(4000))),
});

/** Sends one made-up job, whose result is shown and never stored. */
const sendTestRequest = z.strictObject({
  action: z.literal("send_test"),
  integration_id: z.guid(),
  stage: researchStage,
});

/** Sends the request of a delivery again, to where the integration is now, with the same webhook-id. Members may. */
const redeliverRequest = z.strictObject({ action: z.literal("redeliver"), delivery_id: z.int() });

/** Reads the first page of a source as the web researcher would; nothing is stored. Members may. */
const previewSourceRequest = z.strictObject({
  action: z.literal("preview_source"),
  workspace_id: z.guid(),
  source,
});
export type PreviewSourceRequest = z.infer<typeof previewSourceRequest>;

/** What the edge function `integrations` is asked: by admins, but for `redeliver` and `preview_source`. */
export const integrationsRequest = z.discriminatedUnion("action", [
  saveSecretRequest,
  sendTestRequest,
  redeliverRequest,
  previewSourceRequest,
]);
export type IntegrationsRequest = z.infer<typeof integrationsRequest>;

/** `secret`: one that was made, and this is the only time it is told. */
export const saveSecretResult = z.object({ secret: z.optional(z.string()) });
export type SaveSecretResult = z.infer<typeof saveSecretResult>;

/** What the answer to a test meant for its job. `accepted`: the result is to come by callback; `poll`: it is to be asked for again. */
export const understoodResult = z.object({
  id: z.string(),
  kind: z.enum(["done", "accepted", "poll", "retry", "failed"]),
  /** For people, with `retry` and `failed`. */
  reason: z.optional(z.string()),
  /** With `done`: what would have been stored. */
  result: z.optional(z.unknown()),
});
export type UnderstoodResult = z.infer<typeof understoodResult>;

/** A request to an integration as it is kept: without secrets and tokens, texts up to 64 KB. */
export const sentDelivery = z.object({
  /** Host and path. */
  address: z.string(),
  sent_at: z.string(),
  duration_ms: z.int(),
  request_headers: z.record(z.string(), z.string()),
  request_body: z.string(),
  /** Null when there was no response. */
  status: z.nullable(z.int()),
  response_body: z.nullable(z.string()),
  error_code: z.nullable(z.string()),
  error_reason: z.nullable(z.string()),
});
export type SentDelivery = z.infer<typeof sentDelivery>;

export const sendTestResult = z.object({
  delivery: sentDelivery,
  understood: z.array(understoodResult),
  /** Sentences about what was received and not used. */
  notes: z.array(z.string()),
});
export type SendTestResult = z.infer<typeof sendTestResult>;

/** What came of a request that was sent again. Results of jobs that have one already count for nothing. */
export const redeliverResult = z.object({
  delivery: sentDelivery,
  /** Jobs whose result counts now. */
  completed: z.int(),
  /** Jobs whose result is awaited now. */
  accepted: z.int(),
  /** Sentences about what was received and not used. */
  notes: z.array(z.string()),
});
export type RedeliverResult = z.infer<typeof redeliverResult>;

/** The most companies that a preview names. */
export const PREVIEW_COMPANIES = 5;

/** What the first page of a source holds. */
export const previewSourceResult = z.object({
  /** How many companies there are on it, and the first of them. */
  total: z.int(),
  companies: z.array(
    z.object({
      name: z.optional(z.string()),
      domain: z.optional(z.string()),
      website: z.optional(z.string()),
    }),
  ),
  /** Where the page says the next one is; null if it does not, and where pages are numbered. */
  next_url: z.nullable(z.string()),
});
export type PreviewSourceResult = z.infer<typeof previewSourceResult>;

/** What a callback is answered: how many of its results counted, and in sentences why others did not. */
export const callbackResult = z.object({
  taken: z.int(),
  ignored: z.int(),
  /** The same message was taken before; nothing changed, and the rest is what was answered then. */
  is_repeat: z.boolean(),
  notes: z.array(z.string()),
});
export type CallbackResult = z.infer<typeof callbackResult>;
