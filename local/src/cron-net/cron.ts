import pg from "pg";
import { every } from "./schedule.ts";

/** As pg_cron on a hosted project. */
const mostAtOnce = 8;

interface Job {
  jobid: string;
  schedule: string;
  command: string;
  database: string;
  username: string;
}

export interface CronOptions {
  /** As superuser: reads the jobs and records their runs. */
  pool: pg.Pool;
  /** The connection string for jobs of a role. */
  connectionFor: (role: string) => string;
  report: (line: string) => void;
}

/** Runs the jobs of cron.job when they are due, each under its own role and never twice at once. */
export class CronJobs {
  readonly #options: CronOptions;
  readonly #timers = new Map<string, () => void>();
  readonly #running = new Map<string, pg.Client>();
  readonly #waiting = new Map<string, Job>();
  #closed = false;

  constructor(options: CronOptions) {
    this.#options = options;
  }

  /** Reads cron.job again and starts or ends timers. */
  async reload(): Promise<void> {
    const { rows } = await this.#options.pool.query<Job>(
      "select jobid, schedule, command, database, username from cron.job where active",
    );
    if (this.#closed) return;
    const jobs = new Map(rows.map((job) => [JSON.stringify(job), job]));
    for (const [key, end] of this.#timers) {
      if (jobs.has(key)) continue;
      end();
      this.#timers.delete(key);
    }
    for (const [key, job] of jobs) {
      if (!this.#timers.has(key)) this.#timers.set(key, this.#schedule(job));
    }
  }

  #schedule(job: Job): () => void {
    try {
      return every(job.schedule, () => this.#due(job));
    } catch (error) {
      this.#options.report(`cron job ${job.jobid} has a schedule that cannot be run: ${error}`);
      return () => {};
    }
  }

  #due(job: Job): void {
    if (this.#running.has(job.jobid)) return;
    if (this.#running.size >= mostAtOnce) this.#waiting.set(job.jobid, job);
    else void this.#run(job);
  }

  async #run(job: Job): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.connectionFor(job.username),
      application_name: "pg_cron",
    });
    client.on("error", () => {}); // the query in flight rejects with it
    this.#running.set(job.jobid, client);
    try {
      await client.connect();
      const runId = await this.#begin(job, await backendPid(client));
      const [status, message] = await execute(client, job).then(
        (result) => ["succeeded", result],
        (error: unknown) => ["failed", `ERROR: ${error instanceof Error ? error.message : error}`],
      );
      await this.#options.pool.query(
        "update cron.job_run_details set status = $2, return_message = $3, end_time = now() where runid = $1",
        [runId, status, message],
      );
    } catch (error) {
      // Neither run nor recorded: Postgres is away. The next tick tries again, as after a crash.
      if (!this.#closed) this.#options.report(`cron job ${job.jobid} could not be run: ${error}`);
    } finally {
      await client.end();
      this.#running.delete(job.jobid);
      const [next] = this.#waiting.values();
      if (next && !this.#closed) {
        this.#waiting.delete(next.jobid);
        this.#due(next);
      }
    }
  }

  async #begin(job: Job, pid: number | undefined): Promise<string | undefined> {
    const { rows } = await this.#options.pool.query<{ runid: string }>(
      `insert into cron.job_run_details (jobid, job_pid, database, username, command, status, start_time)
       values ($1, $5, $2, $3, $4, 'running', now())
       returning runid`,
      [job.jobid, job.database, job.username, job.command, pid],
    );
    return rows[0]?.runid;
  }

  /** Ends the timers and cuts off what is running. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#timers.values()) end();
    await Promise.all([...this.#running.values()].map((client) => client.end()));
  }
}

async function backendPid(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid;
}

/** Runs the command as one transaction and returns what pg_cron would write: "1 row", "UPDATE 3". */
async function execute(client: pg.Client, { username, command }: Job): Promise<string> {
  if (client.user !== username) await client.query(`set role ${pg.escapeIdentifier(username)}`);
  const answer: pg.QueryResult | pg.QueryResult[] = await client.query(command);
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  if (!last) return "";
  const count = last.rowCount ?? 0;
  if (last.command === "SELECT") return count === 1 ? "1 row" : `${count} rows`;
  if (last.command === "INSERT") return `INSERT 0 ${count}`;
  return last.rowCount === null ? last.command : `${last.command} ${count}`;
}
