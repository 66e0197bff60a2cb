import type { Batch, Claim, EngineIntegration } from "../engine/queue.ts";
import type { Reply, Sender } from "../engine/slice.ts";
import type { KeyRing } from "../integrations/key-ring.ts";
import { openSecret, SecretBoxError } from "../integrations/secret-box.ts";
import type { OutboundPolicy } from "../outbound/policy.ts";
import { createJobToken } from "../webhooks/job-token.ts";
import { createClayProvider } from "./clay.ts";
import { createN8nProvider } from "./n8n.ts";
import { observationOf } from "./observation.ts";
import type { JobOutcome, Provider } from "./provider.ts";
import { createWebhookProvider } from "./webhook.ts";
import { everyJob, type SignedBatch } from "./webhook-batch.ts";
import type { Delivery } from "./webhook-request.ts";

export interface IntegrationSettings {
  policy: OutboundPolicy;
  /** Null while INTEGRATION_KEYS is not set. */
  ring: KeyRing | null;
  /** Where the functions and the app are reached from outside; null while PUBLIC_URL is not set. */
  publicUrl: string | null;
}

const PROVIDERS: Record<EngineIntegration["kind"], (batch: SignedBatch) => Provider> = {
  n8n: createN8nProvider,
  clay: createClayProvider,
  webhook: createWebhookProvider,
};

/** Sends batches to integrations, each as its settings say at that moment. */
export function integrationSender(settings: IntegrationSettings): Sender {
  return {
    kind: "integration",
    atOnce: 100,
    perLane: 40,
    async send(claim: Claim, batch: Batch, signal: AbortSignal): Promise<Reply> {
      const { integration } = claim;
      if (!integration) throw new Error("a batch of the web researcher was given to an integration");
      const ready = await prepare(integration, batch, settings);
      if ("kind" in ready) return { outcomes: everyJob(batch.jobs, ready), deliveries: [], seen: null };
      const deliveries: Delivery[] = [];
      const provider = PROVIDERS[integration.kind]({
        ...ready,
        record: (delivery) => deliveries.push(delivery),
      });
      const outcomes = await provider.send(batch.jobs, signal);
      const [first] = deliveries;
      return { outcomes, deliveries, seen: first ? observationOf(first) : null };
    },
  };
}

/** The batch ready to be sent, or why none of its jobs can be. */
export async function prepare(
  integration: EngineIntegration,
  { id }: Pick<Batch, "id">,
  { policy, ring, publicUrl }: IntegrationSettings,
): Promise<Omit<SignedBatch, "record"> | JobOutcome> {
  if (integration.deleted_at !== null) return failed("integration_deleted", "The integration was deleted.");
  if (!ring || !publicUrl) {
    return failed(
      "not_set_up",
      "This installation cannot use integrations yet: INTEGRATION_KEYS or PUBLIC_URL is not set. Whoever runs it finds the steps in docs/deploy.md.",
    );
  }
  const owner = { workspaceId: integration.workspace_id, integrationId: integration.id };
  try {
    const { signing = [], header } = integration.secrets;
    const signingSecrets = await Promise.all(signing.map((sealed) => openSecret(ring, owner, sealed)));
    const headerValue = header ? await openSecret(ring, owner, header) : null;
    return {
      id,
      endpoint: {
        url: integration.url,
        secretHeaders:
          integration.auth_header && headerValue !== null ? { [integration.auth_header]: headerValue } : {},
        policy,
        timeoutMs: integration.timeout_seconds * 1000,
      },
      callbackUrl: callbackUrl(publicUrl, integration.id),
      tokenFor: (jobId) => createJobToken(ring, { workspaceId: owner.workspaceId, batchId: id, jobId }),
      source: new URL(`/settings/integrations/${integration.id}`, publicUrl).href,
      signingSecrets,
    };
  } catch (error) {
    if (error instanceof SecretBoxError) return failed(error.code, error.message);
    throw error;
  }
}

/** Where results of an integration are handed in. */
export function callbackUrl(publicUrl: string, integrationId: string): string {
  return new URL(`/functions/v1/research-callback?integration=${integrationId}`, publicUrl).href;
}

function failed(code: string, reason: string): JobOutcome {
  return { kind: "failed", code, reason: `${reason} Retry afterwards, nothing is lost.` };
}
