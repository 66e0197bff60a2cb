import type { Batch, Claim, EngineIntegration } from "../engine/queue.ts";
import type { Reply, Sender } from "../engine/slice.ts";
import { openSecrets } from "../integrations/open-secrets.ts";
import { SecretBoxError } from "../integrations/secret-box.ts";
import {
  callbackUrl,
  type IntegrationSettings,
  integrationPage,
  NOT_SET_UP,
} from "../integrations/settings.ts";
import { createJobToken } from "../webhooks/job-token.ts";
import { createClayProvider } from "./clay.ts";
import { createN8nProvider } from "./n8n.ts";
import { observationOf } from "./observation.ts";
import type { JobOutcome, Provider, ProviderJob } from "./provider.ts";
import { createWebhookProvider } from "./webhook.ts";
import { everyJob, type SignedBatch } from "./webhook-batch.ts";
import type { Delivery } from "./webhook-request.ts";

const PROVIDERS: Record<EngineIntegration["kind"], (batch: SignedBatch) => Provider> = {
  n8n: createN8nProvider,
  clay: createClayProvider,
  webhook: createWebhookProvider,
};

/** Codes of requests that nobody has received. */
const NEVER_SENT = new Set(["blocked_address", "bad_url", "dns_failed", "connect_failed", "tls_failed"]);
/** Statuses of those that were turned away before anybody worked on them; redirects are too. */
const TURNED_AWAY = new Set([401, 403, 404, 405, 410, 413, 429, 503]);

/** Sends batches to integrations, each as its settings say at that moment. */
export function integrationSender(settings: IntegrationSettings): Sender {
  return {
    kind: "integration",
    atOnce: 100,
    perLane: 40,
    async send(claim: Claim, batch: Batch, signal: AbortSignal): Promise<Reply> {
      const { integration } = claim;
      if (!integration) throw new Error("a batch of the web researcher was given to an integration");
      const sent = await sendBatch(integration, batch, settings, signal);
      const [first] = sent.deliveries;
      return { ...sent, isPaid: isPaid(sent.deliveries), seen: first ? observationOf(first) : null };
    },
  };
}

/** Whether somebody may have worked on one of the requests, which then costs something. */
export function isPaid(deliveries: readonly Delivery[]): boolean {
  return deliveries.some(({ status, error }) => {
    if (status === null) return !NEVER_SENT.has(error?.code ?? "");
    return !TURNED_AWAY.has(status) && (status < 300 || status >= 400);
  });
}

/** Sends one batch as the integration's settings say. Without a delivery nothing was sent, and the outcomes say why. */
export async function sendBatch(
  integration: EngineIntegration,
  batch: Batch,
  settings: IntegrationSettings,
  signal?: AbortSignal,
): Promise<Omit<Reply, "seen" | "isPaid">> {
  const isBarred = (job: ProviderJob) => "isBarred" in job && job.isBarred === true;
  const barred = everyJob(batch.jobs.filter(isBarred), BARRED);
  const jobs = batch.jobs.filter((job) => !isBarred(job));
  if (jobs.length === 0) return { outcomes: barred, deliveries: [] };
  const ready = await prepare(integration, batch, settings);
  if ("kind" in ready) return { outcomes: new Map([...barred, ...everyJob(jobs, ready)]), deliveries: [] };
  const deliveries: Delivery[] = [];
  const record = (delivery: Delivery) => deliveries.push(delivery);
  const provider = PROVIDERS[integration.kind]({ ...ready, record });
  return { outcomes: new Map([...barred, ...(await provider.send(jobs, signal))]), deliveries };
}

const BARRED: JobOutcome = {
  kind: "failed",
  code: "do_not_contact",
  reason: "Somebody has marked this contact as not to be contacted. Nothing was sent about them.",
};

/** The batch ready to be sent, or why none of its jobs can be. */
async function prepare(
  integration: EngineIntegration,
  { id }: Pick<Batch, "id">,
  { policy, ring, publicUrl, appUrl }: IntegrationSettings,
): Promise<Omit<SignedBatch, "record"> | JobOutcome> {
  if (integration.deleted_at !== null) return failed("integration_deleted", "The integration was deleted.");
  if (!ring || !publicUrl) return failed("not_set_up", NOT_SET_UP);
  const owner = { workspaceId: integration.workspace_id, integrationId: integration.id };
  try {
    const { signing, header } = await openSecrets(ring, owner, integration.secrets);
    return {
      id,
      endpoint: {
        url: integration.url,
        secretHeaders:
          integration.auth_header && header !== null ? { [integration.auth_header]: header } : {},
        policy,
        timeoutMs: integration.timeout_seconds * 1000,
      },
      callbackUrl: callbackUrl(publicUrl, integration.id),
      tokenFor: (jobId) => createJobToken(ring, { workspaceId: owner.workspaceId, batchId: id, jobId }),
      source: integrationPage(appUrl ?? publicUrl, integration.id),
      signingSecrets: signing,
    };
  } catch (error) {
    if (error instanceof SecretBoxError) return failed(error.code, error.message);
    throw error;
  }
}

function failed(code: string, reason: string): JobOutcome {
  return { kind: "failed", code, reason: `${reason} Retry afterwards, nothing is lost.` };
}
