// graphile-worker as its documentation tunes it for throughput: a local queue, batched completion, no job names looked up.
import { createRequire } from "node:module";
import { Logger, makeWorkerUtils, run } from "graphile-worker";

const require = createRequire(import.meta.url);
const quiet = new Logger(() => () => {});

/** @type {import("../peer.ts").OpenPeer} */
export default async function open(url) {
  const utils = await makeWorkerUtils({ connectionString: url, logger: quiet });
  await utils.migrate();
  let runner;
  return {
    name: "graphile-worker",
    version: require("graphile-worker/package.json").version,
    async fill(jobs) {
      await utils.withPgClient((client) =>
        client.query(
          `select graphile_worker.add_jobs(array(select json_populate_record(null::graphile_worker.job_spec, json_build_object('identifier', 'empty', 'payload', json_build_object('n', n)))
          from generate_series(1, $1::int) n))`,
          [jobs],
        ),
      );
    },
    async drain(jobs) {
      let left = jobs;
      let finish = () => {};
      const done = new Promise((resolve) => {
        finish = resolve;
      });
      runner = await run({
        connectionString: url,
        logger: quiet,
        noHandleSignals: true,
        taskList: {
          empty: () => {
            left -= 1;
            if (left === 0) finish();
          },
        },
        preset: {
          worker: {
            concurrentJobs: 24,
            maxPoolSize: 25,
            pollInterval: 2000,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
      });
      await done;
    },
    async settle() {
      await runner.stop();
    },
    async close() {
      await utils.release();
    },
  };
}
