import pg from "pg";
import { CronJobs } from "./cron.ts";
import { Listener } from "./listener.ts";
import { NetRequests } from "./net.ts";

export interface CronNetOptions {
  /** As superuser. */
  superuserUrl: string;
  /** The connection string for jobs of a role. */
  connectionFor: (role: string) => string;
  /** For the log: jobs that could not be run, requests that could not be sent. */
  report: (line: string) => void;
}

const pruneEveryMilliseconds = 60_000;

/** Starts what pg_cron's and pg_net's background workers do on a hosted project. */
export async function startCronNet({
  superuserUrl,
  connectionFor,
  report,
}: CronNetOptions): Promise<{ close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 3, application_name: "cron-net" });
  pool.on("error", () => {}); // an idle connection was lost: the pool replaces it
  const jobs = new CronJobs({ pool, connectionFor, report });
  const requests = new NetRequests(pool);
  let closed = false;
  const attempt = (what: string, work: () => Promise<unknown>) => {
    work().catch((error: unknown) => {
      if (!closed) report(`${what}: ${error instanceof Error ? error.message : error}`);
    });
  };
  const reload = () => attempt("cron jobs could not be read", () => jobs.reload());
  const drain = () => attempt("queued requests could not be sent", () => requests.drain());
  const listener = new Listener(superuserUrl, { cron_job_changed: reload, net_http: drain }, () => {
    reload();
    drain();
  });
  await pool.query(
    `update cron.job_run_details set status = 'failed', return_message = 'server restarted', end_time = now()
     where status = 'running'`,
  );
  await listener.open();
  const pruning = setInterval(
    () => attempt("old runs and answers could not be removed", () => prune(pool)),
    pruneEveryMilliseconds,
  );
  return {
    async close() {
      closed = true;
      clearInterval(pruning);
      await Promise.all([listener.close(), jobs.close(), requests.close()]);
      await pool.end();
    },
  };
}

/** Answers are kept for 6 hours, as hosted keeps them; runs for a day. */
async function prune(pool: pg.Pool): Promise<void> {
  await pool.query("delete from net._http_response where created < now() - interval '6 hours'");
  await pool.query("delete from cron.job_run_details where start_time < now() - interval '1 day'");
}
