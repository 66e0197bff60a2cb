/** A dispatcher as a process of its own, slice after slice, until it is killed. */
import process from "node:process";
import { connect } from "../../supabase/functions/_shared/db.ts";
import { postgresQueue } from "../../supabase/functions/_shared/engine/queue.ts";
import { runSlice, SLICE_LIMITS } from "../../supabase/functions/_shared/engine/slice.ts";
import { integrationSettings } from "../../supabase/functions/_shared/integrations/settings.ts";
import { integrationSender } from "../../supabase/functions/_shared/providers/integration-sender.ts";
import { setting } from "../../supabase/functions/_shared/settings.ts";
import { LEASE_SECONDS } from "./world.ts";

const queue = postgresQueue(connect(setting("SUPABASE_DB_URL")), LEASE_SECONDS);
const senders = [integrationSender(integrationSettings())];
// A slice may use as much CPU as it likes: what is tried is not the clock of an edge runtime, but what is left behind by a death.
const limits = { ...SLICE_LIMITS, cpuMs: Number.POSITIVE_INFINITY, renewEveryMs: (LEASE_SECONDS / 4) * 1000 };
const usage = { cpuMs: () => 0, memoryBytes: () => process.memoryUsage().rss };

for (;;) {
  // A slice fails while Postgres is away; on hosted the next ring starts another one.
  await runSlice({ queue, senders, limits, usage }).catch((error: unknown) => console.error(String(error)));
  await new Promise((resolve) => setTimeout(resolve, 100)); // as long as a ring takes
}
