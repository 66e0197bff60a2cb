import type { Db } from "../db.ts";
import type { ProxyHealth, ProxyPool } from "../outbound/proxy-pool.ts";

/**
 * Does the work with what other slices learned of the proxies, and keeps what it learns of them: two statements a slice, however many requests it makes. What
 * a slice that fails has learned is kept by the next one of its worker.
 */
export async function withProxyHealth<T>(
  db: Db,
  pool: ProxyPool | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!pool) return work();
  const [row] = await db<
    { known: ProxyHealth[] }[]
  >`select private.proxy_health(${pool.ids}::text[]) as known`;
  pool.learn(row?.known ?? []);
  const result = await work();
  const learned = pool.takeLearned();
  if (learned.length > 0) {
    await db`select private.keep_proxy_health(${JSON.stringify(learned)}::text::jsonb)`;
  }
  return result;
}
