import process from "node:process";
import { connect } from "../_shared/db.ts";
import { postgresQueue } from "../_shared/engine/queue.ts";
import { runSlice, type Usage } from "../_shared/engine/slice.ts";
import { parseKeyRing } from "../_shared/integrations/key-ring.ts";
import { parseAllowHosts } from "../_shared/outbound/policy.ts";
import { integrationSender } from "../_shared/providers/integration-sender.ts";
import { createWebProvider } from "../_shared/providers/web/provider.ts";
import { webSender } from "../_shared/providers/web-sender.ts";
import { optionalSetting, setting } from "../_shared/settings.ts";
import { createHandler } from "./handler.ts";

declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void };

const db = connect(setting("SUPABASE_DB_URL"));
const policy = parseAllowHosts(optionalSetting("OUTBOUND_ALLOW_HOSTS"));
const keys = optionalSetting("INTEGRATION_KEYS");
const senders = [
  webSender(createWebProvider({ policy })),
  integrationSender({
    policy,
    ring: keys ? parseKeyRing(keys) : null,
    publicUrl: optionalSetting("PUBLIC_URL") ?? null,
  }),
];
const queue = postgresQueue(db);

const usage: Usage = {
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  memoryBytes: () => process.memoryUsage().rss,
};

Deno.serve(
  createHandler({
    token: optionalSetting("RESEARCH_DISPATCH_TOKEN"),
    runSlice: () => runSlice({ queue, senders, usage }),
    waitUntil: (work) => EdgeRuntime.waitUntil(work),
    slicesAtOnce: 4,
  }),
);
