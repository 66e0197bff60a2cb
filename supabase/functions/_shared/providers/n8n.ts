import type { Provider } from "./provider.ts";
import { createBatchProvider, type SignedBatch } from "./webhook-batch.ts";

/** An n8n workflow that begins with a Webhook node and ends with Respond to Webhook, or calls back. */
export function createN8nProvider(batch: SignedBatch): Provider {
  return createBatchProvider({ name: "n8n", isAcceptance: isImmediateResponse }, batch);
}

/** What a Webhook node answers that responds immediately, with status 200. */
function isImmediateResponse(body: unknown): boolean {
  return (
    typeof body === "object" && body !== null && "message" in body && body.message === "Workflow was started"
  );
}
