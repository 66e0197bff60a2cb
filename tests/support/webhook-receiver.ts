import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { parseAllowHosts } from "../../supabase/functions/_shared/outbound/policy.ts";
import type { CompanyJob, Provider } from "../../supabase/functions/_shared/providers/provider.ts";
import type { SignedBatch } from "../../supabase/functions/_shared/providers/webhook-batch.ts";
import type { Delivery } from "../../supabase/functions/_shared/providers/webhook-request.ts";
import { newWebhookSecret } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

export const PAGE = "https://app.example/integrations/1";
export const secret = newWebhookSecret();
export const job = (id: string, stage: CompanyJob["stage"] = "company"): CompanyJob => ({
  id,
  stage,
  attempt: 1,
  subject: { company_id: crypto.randomUUID(), name: `Company ${id}`, domain: "acme.com", website: null },
});
export const jobs = [job("1"), job("2"), job("3", "contacts")];

/** A receiver on loopback that is reached as http://hook.example, and what came of sending it a batch. */
export async function receiver(answer: RequestListener) {
  const server = createServer({ keepAlive: false }, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  const deliveries: Delivery[] = [];
  const batch: SignedBatch = {
    id: crypto.randomUUID(),
    endpoint: {
      url: "http://hook.example/hook?key=hidden-key",
      secretHeaders: { "x-auth": "hidden-header" },
      policy: parseAllowHosts(`*.example=127.0.0.1:${port}`),
      timeoutMs: 2_000,
    },
    callbackUrl: "https://api.example/functions/v1/research-callback",
    tokenFor: (id) => Promise.resolve(`hidden-token-${id}`),
    source: PAGE,
    signingSecrets: [secret],
    record: (delivery) => deliveries.push(delivery),
  };
  const send = async (provider: Provider, sent = jobs, signal?: AbortSignal) => {
    const outcomes = await provider.send(sent, signal);
    const [delivery] = deliveries;
    if (!delivery) throw new Error("no delivery was recorded");
    return { outcomes, delivery, deliveries };
  };
  return { batch, send };
}

export async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
