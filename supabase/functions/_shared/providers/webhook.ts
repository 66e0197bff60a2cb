import type { Provider } from "./provider.ts";
import { createBatchProvider, type SignedBatch } from "./webhook-batch.ts";

/** Any service that speaks the webhook contract of docs/integrations.md. */
export function createWebhookProvider(batch: SignedBatch): Provider {
  return createBatchProvider({ name: "webhook", isAcceptance: () => false }, batch);
}
