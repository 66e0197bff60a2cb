import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startCronNet } from "../src/cron-net/cron-net.ts";
import { type RunningDatabase, startDatabase } from "../src/postgres/database.ts";
import { eventually, temporaryDirectory } from "./stack-support.ts";

let database: RunningDatabase;
let remove: () => Promise<void>;
let removeProject: () => Promise<void>;
let service: Awaited<ReturnType<typeof startCronNet>>;
let postgres: pg.Pool;
let admin: pg.Pool;

beforeAll(async () => {
  const [data, project] = [await temporaryDirectory(), await temporaryDirectory()];
  remove = data.remove;
  removeProject = project.remove;
  database = await startDatabase({ projectDir: project.path, dataDir: data.path });
  service = await startCronNet({
    superuserUrl: database.connection("supabase_admin"),
    connectionFor: (role) => database.connection(role === "postgres" ? "postgres" : "authenticator"),
    report: (line) => console.error(line),
  });
  postgres = new pg.Pool({ connectionString: database.dbUrl, max: 2 });
  admin = new pg.Pool({ connectionString: database.connection("supabase_admin"), max: 2 });
  await postgres.query(
    "create table public.ticks (job text, who name default current_user, login name default session_user, began timestamptz default now(), ended timestamptz)",
  );
  await postgres.query("grant insert on public.ticks to service_role");
});
beforeEach(async () => {
  await admin.query("delete from cron.job; delete from cron.job_run_details; truncate public.ticks");
});
afterAll(async () => {
  await Promise.all([postgres?.end(), admin?.end()]);
  await service?.close();
  await database?.stop();
  await Promise.all([remove(), removeProject()]);
});

const rows = async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
  (await postgres.query<R>(sql, values)).rows;
const runs = (job: string) =>
  rows<{ status: string; return_message: string; username: string }>(
    `select status, return_message, d.username from cron.job_run_details d join cron.job using (jobid)
     where jobname = $1 and end_time is not null order by runid`,
    [job],
  );

describe("cron", () => {
  test("a job of every second runs, as the role that made it, and its runs are recorded", async () => {
    await rows(
      "select cron.schedule('tick', '1 second', 'insert into public.ticks (job) values (''tick'')')",
    );
    const ticks = await eventually(async () => {
      const found = await rows<{ who: string; login: string }>("select who, login from public.ticks");
      return found.length >= 2 && found;
    });
    expect(ticks[0]).toEqual({ who: "postgres", login: "postgres" });
    const [run] = await eventually(async () => (await runs("tick")).length >= 2 && (await runs("tick")));
    expect(run).toEqual({ status: "succeeded", return_message: "INSERT 0 1", username: "postgres" });
  });

  test("a job cannot become more than its role", async () => {
    await admin.query(
      "insert into cron.job (jobname, schedule, command, username) values ('sly', '1 second', $1, 'service_role')",
      ["reset role; reset session authorization; insert into public.ticks (job) values (current_user)"],
    );
    const [run] = await eventually(async () => {
      const found = await admin.query(
        "select status, return_message from cron.job_run_details where end_time is not null",
      );
      return found.rows.length > 0 && found.rows;
    });
    expect(run).toEqual({ status: "failed", return_message: "ERROR: permission denied for table ticks" });
  });

  test("a job of a role without login runs as that role", async () => {
    await admin.query(
      "insert into cron.job (jobname, schedule, command, username) values ('role', '1 second', $1, 'service_role')",
      ["insert into public.ticks (job) values ('role')"],
    );
    const [tick] = await eventually(async () => {
      const found = await rows("select who from public.ticks where job = 'role'");
      return found.length > 0 && found;
    });
    expect(tick).toEqual({ who: "service_role" });
  });

  test("a failing job is recorded with Postgres' message and goes on being tried", async () => {
    await rows("select cron.schedule('bad', '1 second', 'select 1/0')");
    const [run] = await eventually(async () => (await runs("bad")).length >= 2 && (await runs("bad")));
    expect(run).toMatchObject({ status: "failed", return_message: "ERROR: division by zero" });
  });

  test("a job that takes longer than its interval never runs twice at once", async () => {
    const command = `do $job$ declare began timestamptz := clock_timestamp(); begin
      perform pg_sleep(1.3);
      insert into public.ticks (job, began, ended) values ('long', began, clock_timestamp());
    end $job$`;
    await postgres.query("select cron.schedule('long', '1 second', $1)", [command]);
    await eventually(async () => (await rows("select from public.ticks where job = 'long'")).length >= 3);
    const overlaps = await rows(
      "select from public.ticks a join public.ticks b on a.began < b.ended and b.began < a.ended and a.ctid <> b.ctid",
    );
    expect(overlaps).toEqual([]);
  });

  test("at most eight jobs run at once, as hosted; the others wait and run too", async () => {
    const command = (job: number) => `do $job$ declare began timestamptz := clock_timestamp(); begin
      perform pg_sleep(0.3);
      insert into public.ticks (job, began, ended) values ('${job}', began, clock_timestamp());
    end $job$`;
    for (let job = 0; job < 12; job++) {
      await postgres.query("select cron.schedule($1, '1 second', $2)", [`job ${job}`, command(job)]);
    }
    await eventually(async () => (await rows("select distinct job from public.ticks")).length === 12);
    const [most] = await rows<{ most: number }>(
      `select max(together)::int as most from (
         select count(*) as together from public.ticks a join public.ticks b on b.began <= a.began and a.began < b.ended
         group by a.ctid) counted`,
    );
    expect(most?.most).toBeLessThanOrEqual(8);
    expect(most?.most).toBeGreaterThan(1);
  });

  test("a job removed or switched off runs no more; scheduled again under its name it is changed", async () => {
    const [first] = await rows<{ id: string }>(
      "select cron.schedule('named', '0 0 1 1 *', 'select 1') as id",
    );
    const [second] = await rows<{ id: string }>(
      "select cron.schedule('named', '5 seconds', 'select 2') as id",
    );
    expect(second).toEqual(first);
    expect(await rows("select jobname, schedule, command, active from cron.job")).toEqual([
      { jobname: "named", schedule: "5 seconds", command: "select 2", active: true },
    ]);
    await rows("select cron.alter_job($1, active => false)", [first?.id]);
    expect(await rows("select active from cron.job")).toEqual([{ active: false }]);
    expect(await rows("select cron.unschedule('named') as removed")).toEqual([{ removed: true }]);
    await expect(rows("select cron.unschedule('named')")).rejects.toThrow(
      "could not find valid entry for job 'named'",
    );
  });

  test.each(["* * * *", "0 seconds", "60 seconds", "every minute", "1 second; select 1", ""])(
    "the schedule %j is refused when it is made",
    async (schedule) => {
      await expect(rows("select cron.schedule('x', $1, 'select 1')", [schedule])).rejects.toThrow(
        "invalid schedule",
      );
    },
  );

  test.each(["* * * * *", "*/5 2-4 1,15 jan mon-fri", "0 0 $ * *", "59 seconds", "1 second"])(
    "the schedule %j is taken",
    async (schedule) => {
      await expect(rows("select cron.schedule('x', $1, 'select 1')", [schedule])).resolves.toHaveLength(1);
    },
  );

  test("postgres cannot make a job of a stronger role, by function or by table", async () => {
    const forge = "select cron._schedule('supabase_admin', 'x', '1 second', 'select 1')";
    await expect(rows(forge)).rejects.toThrow("permission denied to manage jobs of supabase_admin");
    const direct =
      "insert into cron.job (schedule, command, username) values ('1 second', 'select 1', 'supabase_admin')";
    await expect(rows(direct)).rejects.toThrow("permission denied for table job");
    await expect(rows("select cron.alter_job(1, username => 'supabase_admin')")).rejects.toThrow(
      "must be superuser",
    );
  });
});

describe("net", () => {
  /** A server on loopback that remembers what it was asked. */
  async function startServer() {
    const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, headers, body: await text(request) });
      if (url.startsWith("/hang")) return;
      if (url.startsWith("/redirect")) response.writeHead(302, { location: "/elsewhere" }).end();
      else response.writeHead(201, { "content-type": "text/plain", "x-mark": "yes" }).end("answer\0");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return { url: `http://127.0.0.1:${address.port}`, seen };
  }
  const response = async (sql: string, values: unknown[]) => {
    const [queued] = await rows<{ id: string }>(`select ${sql} as id`, values);
    return eventually(
      async () => (await rows("select * from net._http_response where id = $1", [queued?.id]))[0],
    );
  };

  test("http_post sends the body, headers and parameters, and the answer is recorded", async () => {
    const { url, seen } = await startServer();
    const answer = await response(
      `net.http_post($1, body => '{"a": "ü"}', params => '{"q x": "1&2ü"}', headers => '{"Content-Type": "application/json", "x-token": "t"}', timeout_milliseconds => 5000)`,
      [`${url}/hook`],
    );
    expect(answer).toMatchObject({
      status_code: 201,
      content_type: "text/plain",
      content: "answer",
      timed_out: false,
      error_msg: null,
    });
    expect(answer.headers).toMatchObject({ "x-mark": "yes" });
    expect(seen[0]).toMatchObject({ method: "POST", url: "/hook?q%20x=1%262%C3%BC", body: '{"a": "ü"}' });
    expect(seen[0]?.headers).toMatchObject({ "content-type": "application/json", "x-token": "t" });
  });

  test("http_get and http_delete use their methods", async () => {
    const { url, seen } = await startServer();
    await response("net.http_get($1)", [`${url}/got`]);
    await response("net.http_delete($1)", [`${url}/deleted`]);
    expect(seen.map(({ method, url: path }) => `${method} ${path}`)).toEqual(["GET /got", "DELETE /deleted"]);
  });

  test("nothing is sent when the transaction is rolled back", async () => {
    const { url, seen } = await startServer();
    const client = await postgres.connect();
    await client.query("begin");
    await client.query("select net.http_get($1)", [`${url}/never`]);
    await client.query("rollback");
    client.release();
    await response("net.http_get($1)", [`${url}/after`]);
    expect(seen.map((request) => request.url)).toEqual(["/after"]);
  });

  test("a server that does not answer in time is recorded as timed out", async () => {
    const { url } = await startServer();
    const answer = await response("net.http_get($1, timeout_milliseconds => 100)", [`${url}/hang`]);
    expect(answer).toMatchObject({
      status_code: null,
      timed_out: true,
      error_msg: "Timeout of 100 ms reached",
    });
  });

  test("a server that cannot be reached is recorded with the reason", async () => {
    const answer = await response("net.http_get($1)", ["http://nowhere.invalid/"]);
    expect(answer).toMatchObject({
      status_code: null,
      timed_out: false,
      error_msg: expect.stringContaining("nowhere.invalid"),
    });
  });

  test("a redirect is recorded, not followed", async () => {
    const { url, seen } = await startServer();
    expect(await response("net.http_get($1)", [`${url}/redirect`])).toMatchObject({ status_code: 302 });
    expect(seen).toHaveLength(1);
  });
});
