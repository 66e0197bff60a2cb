// pg-boss fetching and completing so many jobs at a time.
import { createRequire } from "node:module";
import PgBoss from "pg-boss";

const require = createRequire(import.meta.url);
const WORKERS = 2;

/** @type {import("../peer.ts").OpenPeer} */
export default async function open(url, fetches = 200) {
  const boss = new PgBoss({
    connectionString: url,
    schema: `pgboss_${fetches}`,
    supervise: false,
    schedule: false,
    migrate: true,
    max: WORKERS + 2,
  });
  await boss.start();
  await boss.createQueue("empty");
  return {
    name: `pg-boss fetching ${fetches}`,
    version: require("pg-boss/package.json").version,
    async fill(jobs) {
      for (let from = 0; from < jobs; from += 5000) {
        const many = Math.min(5000, jobs - from);
        await boss.insert(Array.from({ length: many }, (_, n) => ({ name: "empty", data: { n: from + n } })));
      }
    },
    async drain() {
      const work = async () => {
        for (;;) {
          const batch = await boss.fetch("empty", { batchSize: fetches });
          if (batch.length === 0) return;
          await boss.complete(
            "empty",
            batch.map((job) => job.id),
          );
        }
      };
      await Promise.all(Array.from({ length: WORKERS }, work));
    },
    async close() {
      await boss.stop({ graceful: false, wait: true });
    },
  };
}
