import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type WebhookJob,
  type WebhookRequest,
  webhookRequest,
} from "../../supabase/functions/_shared/contracts/webhooks.ts";

/** A service on loopback that takes webhooks, and does every job at once. */
export interface Hooks {
  port: number;
  /** What arrived so far. */
  requests: { signature: string | undefined; body: WebhookRequest }[];
  close(): Promise<void>;
}

/** What it finds out, or gives back of a contact that is handed on. */
function dataOf(job: WebhookJob): Record<string, string> {
  if (job.stage === "sync") return { "CRM id": `crm/${job.subject.contact.email}` };
  return job.stage === "enrich" ? { phone: "+1 555 0100" } : { description: "Makes anvils by hand." };
}

/** Starts it on a free port. */
export async function startHooks(): Promise<Hooks> {
  const requests: Hooks["requests"] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = webhookRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const signature = request.headers["webhook-signature"];
    requests.push({ signature: Array.isArray(signature) ? signature[0] : signature, body });
    const results = body.jobs.map((job) => ({ id: job.id, status: "done", data: dataOf(job) }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ results }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
