/**
 * Empty jobs claimed and completed a second: ours, through the functions that the product itself calls, against graphile-worker and pg-boss with their
 * best documented settings, on the same Postgres, taking turns; beside it, to be read with these, ours with the settings that an integration begins with, and
 * pg-boss fetching as many as a claim of ours has. And how much of ours is left while a snapshot is held, and beside a million finished jobs.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { openBenchDatabase } from "../database.ts";
import { median, rounded, timed } from "../measure.ts";
import type { OpenPeer, Peer } from "../peer.ts";
import { AS_SET_UP, prepareProduct, productQueue } from "../product-queue.ts";
import { heldSnapshotRatio, millionDoneRatio } from "../queue-conditions.ts";

const JOBS = 50_000;
const ROUNDS = 9;
const PEERS = ["graphile-worker", "pg-boss"];
/** As many jobs as one claim of ours has here. */
const AS_OURS = 4_000;

const queue: Bench = async () => ({
  ...(await measurePeers()),
  held_snapshot_ratio: rounded(await heldSnapshotRatio()),
  million_done_ratio: rounded(await millionDoneRatio()),
});
export default queue;

async function measurePeers() {
  installPeers();
  const database = await openBenchDatabase({ empty: true });
  const queues: Peer[] = [];
  try {
    await prepareProduct(database, JOBS);
    queues.push(
      productQueue(database),
      productQueue(database, AS_SET_UP),
      ...(await Promise.all(PEERS.map((name) => openPeer(name, database.url)))),
      await openPeer("pg-boss", database.url, AS_OURS),
    );
    const rates = new Map(queues.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let place = 0; place < queues.length; place += 1) {
        const one = queues[(round + place) % queues.length];
        if (!one) continue;
        await one.fill(JOBS);
        await database.admin`vacuum analyze`;
        await database.admin`checkpoint`;
        const ms = await timed(() => one.drain(JOBS));
        await one.settle?.();
        rates.get(one.name)?.push((JOBS / ms) * 1000);
        console.log(`${one.name} ${one.version}: ${Math.round((JOBS / ms) * 1000)} jobs/s`);
      }
    }
    const [ours = [], asSetUp = [], graphile = [], pgBoss = [], pgBossAsOurs = []] = queues.map(
      ({ name }) => rates.get(name) ?? [],
    );
    /** Of one round each: the machine may be faster in another. */
    const ratioTo = (theirs: number[]) =>
      rounded(median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN))));
    console.log(
      `${Math.round(median(asSetUp))} jobs/s with the settings that an integration begins with and the log of requests; ` +
        `x ${ratioTo(pgBossAsOurs)} of pg-boss fetching ${AS_OURS}`,
    );
    return {
      jobs_per_s: Math.round(median(ours)),
      vs_graphile: ratioTo(graphile),
      vs_pgboss: ratioTo(pgBoss),
    };
  } finally {
    await Promise.all(queues.map((one) => one.close()));
    await database.close();
  }
}

/** The peers are no part of the product: they are installed when they are needed. */
function installPeers(): void {
  const folder = join(import.meta.dirname, "..");
  if (PEERS.every((name) => existsSync(join(folder, "node_modules", name)))) return;
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], {
    cwd: folder,
    stdio: "inherit",
  });
}

async function openPeer(name: string, url: string, fetches?: number): Promise<Peer> {
  const { default: open }: { default: OpenPeer } = await import(
    join(import.meta.dirname, "..", "peers", `${name}.mjs`)
  );
  return open(url, fetches);
}
