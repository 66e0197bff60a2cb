import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../support/database.ts";
import { type RestServer, serveRest } from "../support/rest.ts";
import { type Argument, baseArguments, type Callable, callables, callSql, samples } from "./hostile/calls.ts";
import { type HostileRequest, impossibleRequests, listRequests } from "./hostile/requests.ts";
import { hostileValues, hugeValues } from "./hostile/values.ts";
import { type Attempt, attemptAll, type Outcome, prepareAttempts } from "./matrix/attempt.ts";
import { inDiscarded } from "./matrix/matrix.ts";
import { makeWorld, type World } from "./matrix/world.ts";

const database = testDatabase();
let world: World;

beforeAll(async () => {
  world = await makeWorld(database.current);
});

/** Words of SQL and of Postgres' own messages, which callers of ours are not told. */
const INTERNALS =
  /\b(?:select|insert|update|delete)\b.*\b(?:from|into|set)\b|relation "|column "|constraint "|PL\/pgSQL|syntax error/i;

/** What PostgREST says of an error; anything else has no code. */
const errorSchema = z
  .object({ code: z.string(), hint: z.string().nullish(), message: z.string() })
  .catch({ code: "", hint: null, message: "" });

/** What is wrong with the outcome; null when it ran, or was refused with a code of ours or by PostgREST before any function of ours ran. */
function fault({ state, hint, message, details, context }: Outcome): string | null {
  if (state === null) return null;
  const told = `${state} ${message} ${details ?? ""}`;
  if (/^PT4\d\d$/.test(state) && hint)
    return INTERNALS.test(`${message} ${details ?? ""}`) ? `tells too much: ${told}` : null;
  const isBefore = !/function (?:public|private)\.|"(?:public|private)\./.test(context ?? "");
  // Wrong values (22) and arrays of too many dimensions (54) are refused where the body is read.
  return /^(?:22|54)/.test(state) && isBefore ? null : told;
}

async function sweep(
  sql: TransactionSql,
  callable: Callable,
  valuesOf: (argument: Argument) => string[],
): Promise<string[]> {
  const base = baseArguments(callable, samples(world.a));
  const attempts = callable.arguments.flatMap((argument) =>
    valuesOf(argument).map((value): Attempt & { what: string } => {
      const others = Object.fromEntries(Object.entries(base).filter(([name]) => name !== argument.name));
      const body = `'{"${argument.name}": ' || ${value} || ', ' || substr(${literal(JSON.stringify(others))}, 2)`;
      const closed = Object.keys(others).length > 0 ? body : `'{"${argument.name}": ' || ${value} || '}'`;
      const given = [argument.name, ...Object.keys(others)];
      return {
        as: world.callers.owner,
        sql: callSql(callable, given, closed),
        what: `${argument.name} = ${value.slice(0, 80)}`,
      };
    }),
  );
  const outcomes = await attemptAll(sql, attempts);
  return attempts.flatMap(({ what }, index) => {
    const outcome = outcomes[index];
    const wrong = outcome ? fault(outcome) : "nothing came";
    return wrong ? [`${callable.name}: ${what}: ${wrong}`] : [];
  });
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

describe("whatever stands for an argument, each function answers or refuses with a code, and tells nothing of its inside", () => {
  test("texts that are SQL, other types, broken characters, numbers beyond all bounds, deep JSON", async () => {
    const faults = await inDiscarded(database.current.sql, async (sql) => {
      await prepareAttempts(sql);
      const found: string[] = [];
      for (const callable of await callables(sql))
        found.push(...(await sweep(sql, callable, (argument) => hostileValues(argument).map(literal))));
      return found;
    });
    expect(faults).toEqual([]);
  });

  test("ten megabytes", async () => {
    const faults = await inDiscarded(database.current.sql, async (sql) => {
      await prepareAttempts(sql);
      const found: string[] = [];
      for (const callable of await callables(sql)) found.push(...(await sweep(sql, callable, hugeValues)));
      return found;
    });
    expect(faults).toEqual([]);
  });
});

describe("over HTTP, a request that cannot be is refused with a code, and changes nothing", () => {
  let rest: RestServer;
  const as = () => world.a.ids.the_owner ?? "";

  beforeAll(async () => {
    rest = await serveRest(database.current);
  });
  afterAll(() => rest.close());

  /** What every table holds, as a number each. */
  async function contents(): Promise<unknown> {
    const { sql } = database.current;
    const tables = await sql<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r' order by 1`;
    return Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await sql.unsafe(
          `select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) as hash from ${name} t`,
        );
        return { name, ...row };
      }),
    );
  }

  /** Requests that were answered otherwise than with 4xx and a code. */
  async function unrefused(requests: HostileRequest[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const { name, body } of requests) {
      const answer = await rest.call(name, body, as());
      const { code, hint, message } = errorSchema.parse(JSON.parse(answer.body || "{}"));
      const isOurs = /^PT4\d\d$/.test(code) && hint;
      const isRefused = answer.status >= 400 && answer.status < 500 && (isOurs || /^(PGRST|22)/.test(code));
      if (!isRefused || INTERNALS.test(message))
        wrong.push(`${name} ${body.slice(0, 150)}: ${answer.status} ${answer.body.slice(0, 300)}`);
    }
    return wrong;
  }

  test("whatever the function and the argument", async () => {
    const before = await contents();
    const functions = await inDiscarded(database.current.sql, callables);
    expect(await unrefused(impossibleRequests(functions, world.a))).toEqual([]);
    expect(rest.reported).toEqual([]);
    expect(await contents()).toEqual(before);
  });

  test("lists, searches and counts: filters, sorts, pages, cursors of other lists, ten megabytes", async () => {
    const before = await contents();
    const {
      campaigns: campaign_id,
      workspaces: workspace_id,
      research_runs: run_id,
      archived_campaign,
    } = world.a.ids;
    const cursorOf: Record<string, string> = {};
    for (const [name, scope] of Object.entries({
      list_companies: { campaign_id },
      list_contacts: { campaign_id },
      list_campaigns: { workspace_id },
      list_jobs: { run_id },
      list_archived: { campaign_id: archived_campaign, list: "companies" },
    })) {
      const { body } = await rest.call(name, JSON.stringify({ ...scope, page_size: 1 }), as());
      cursorOf[name] = JSON.parse(body).next_cursor;
      expect(cursorOf[name], name).toEqual(expect.any(String));
    }
    expect(await unrefused(listRequests(world.a, cursorOf))).toEqual([]);
    expect(rest.reported).toEqual([]);
    expect(await contents()).toEqual(before);
  });
});
