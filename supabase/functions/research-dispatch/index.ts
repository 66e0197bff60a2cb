import process from "node:process";
import { connect } from "../_shared/db.ts";
import { withProxyHealth } from "../_shared/engine/proxy-health.ts";
import { postgresQueue } from "../_shared/engine/queue.ts";
import { runSlice, type Usage } from "../_shared/engine/slice.ts";
import { endOfWorker, limitsWithin } from "../_shared/engine/slice-limits.ts";
import { integrationSettings } from "../_shared/integrations/settings.ts";
import { parseProxies } from "../_shared/outbound/proxies.ts";
import { ProxyPool } from "../_shared/outbound/proxy-pool.ts";
import { integrationSender } from "../_shared/providers/integration-sender.ts";
import { createWebProvider } from "../_shared/providers/web/provider.ts";
import { webSender } from "../_shared/providers/web-sender.ts";
import { optionalSetting, setting } from "../_shared/settings.ts";
import { createHandler } from "./handler.ts";

declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void };

const SLICES_AT_ONCE = 4;

// Each slice stores results while it claims.
const db = connect(setting("SUPABASE_DB_URL"), 2 * SLICES_AT_ONCE);
const settings = integrationSettings();
const ways = parseProxies(optionalSetting("OUTBOUND_PROXIES"));
const proxies = ways ? new ProxyPool(ways) : undefined;
const senders = [
  webSender(createWebProvider({ policy: settings.policy, proxies })),
  integrationSender(settings),
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
    runSlice: (bell, onClaimsOver) => {
      const end = endOfWorker(performance.now());
      return withProxyHealth(db, proxies, () => {
        const limits = limitsWithin(end - performance.now());
        return runSlice({ queue, senders, bell, onClaimsOver, limits, usage });
      });
    },
    waitUntil: (work) => EdgeRuntime.waitUntil(work),
    slicesAtOnce: SLICES_AT_ONCE,
  }),
);
