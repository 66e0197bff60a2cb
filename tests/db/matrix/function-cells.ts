import type { TransactionSql } from "postgres";
import { type Attempt, attemptAll, type Outcome, verdict } from "./attempt.ts";
import type { Routine } from "./catalog.ts";
import type { Failure } from "./cells.ts";
import type { Call } from "./functions.ts";
import { CALLERS, type Caller, hasRole, STRANGERS } from "./people.ts";
import { fill, type Side, type World } from "./world.ts";

/** Nobody signed out, and nobody signed in unless `usersMayCall`, may call the function. */
export async function callGrantFailures(
  sql: TransactionSql,
  { signature, oid }: Routine,
  usersMayCall: boolean,
): Promise<Failure[]> {
  // Asked, not tried: Postgres answers a strict function of null without calling it.
  const [has] = await sql<{ anon: boolean; users: boolean }[]>`
    select has_function_privilege('anon', ${oid}::oid, 'execute') as anon, has_function_privilege('authenticated', ${oid}::oid, 'execute') as users`;
  const failures: Failure[] = [];
  if (has?.anon)
    failures.push({ cell: `${signature}: anon may call it`, expected: "denied", got: "granted" });
  if (has?.users !== usersMayCall) {
    const [expected, got] = usersMayCall ? ["granted", "denied"] : ["denied", "granted"];
    failures.push({ cell: `${signature}: a user may call it`, expected, got });
  }
  return failures;
}

/** Each call of the function as every kind of caller; gives what came out otherwise. */
export async function callFailures(
  sql: TransactionSql,
  world: World,
  routine: Routine,
  calls: Call[],
): Promise<Failure[]> {
  const { a, b } = world;
  const ghosts = { a: ghost(a), b: ghost(b) };
  const tried = calls.flatMap((call) =>
    CALLERS.flatMap((caller): Trial[] => {
      const attempt = (side: Side, other: Side): Attempt => ({
        as: world.callers[caller],
        sql: `select coalesce(jsonb_agg(x::text), '[]') from ${routine.name}(${fill(call.with, side, other)}) as x`,
      });
      const cell = `${routine.name}(${call.with}) by ${caller}`;
      const real: Trial = { cell, call, caller, attempt: attempt(a, b) };
      if (isStranger(call, caller))
        return [real, { ...real, than: "nothing", attempt: attempt(ghosts.a, b) }];
      if (call.with.includes("{other.") && !Array.isArray(call.by))
        return [real, { ...real, than: "no other", attempt: attempt(a, ghosts.b) }];
      return [real];
    }),
  );
  const outcomes = await attemptAll(
    sql,
    tried.map(({ attempt }) => attempt),
  );
  return tried.flatMap(({ cell, call, caller, than }, index) => {
    const outcome = outcomes[index];
    if (!outcome) return [];
    const said = verdict(outcome);
    if (!than) {
      const expected = expectedOf(call, caller);
      // A sentence stands for the whole message.
      const got = expected.includes(" ") ? String(outcome.message) : said;
      if (got !== expected) return [{ cell, expected, got }];
      const shows = fill(call.shows ?? "", a, b).replaceAll("'", "");
      const shown =
        call.shows !== undefined && (outcome.result?.replaceAll("\\", "").includes(shows) ?? false);
      const should = call.shows !== undefined && isAllowed({ ...call, by: call.to ?? call.by }, caller);
      return shown === should
        ? []
        : [
            {
              cell,
              expected: should ? `to show ${call.shows}` : `not to show ${call.shows}`,
              got: String(outcome.result),
            },
          ];
    }
    const before = outcomes[index - 1];
    const got = before ? whole(before) : "";
    if (got !== whole(outcome)) {
      return [
        {
          cell,
          expected: `as if ${than === "nothing" ? "the" : "the other workspace's"} rows did not exist: ${whole(outcome)}`,
          got,
        },
      ];
    }
    if (than === "nothing" && said === "ok" && routine.volatility === "v") {
      return [{ cell, expected: "an error, or a function that is stable and so cannot write", got: "ok" }];
    }
    return [];
  });
}

interface Trial {
  cell: string;
  call: Call;
  caller: Caller;
  attempt: Attempt;
  /** The same call with ids that nothing has, which must come out the same: the workspace's, or the other's. */
  than?: "nothing" | "no other";
}

/** Whether the caller has nothing to do with the rows that the call names, and must not learn that they exist. */
function isStranger(call: Call, caller: Caller): boolean {
  return STRANGERS.includes(caller) && !call.hasSecret && /\{\w/.test(call.with) && !isAllowed(call, caller);
}

function isAllowed({ by }: Call, caller: Caller): boolean {
  if (caller === "anon") return false;
  return by === "everyone" || (Array.isArray(by) ? by.includes(caller) : hasRole(caller, by));
}

function expectedOf(call: Call, caller: Caller): string {
  if (caller === "anon") return "denied";
  const { gives = "ok", below = "forbidden", outside = "not_found" } = call;
  if (isAllowed(call, caller)) return gives;
  return STRANGERS.includes(caller) ? outside : below;
}

/** All that the caller is told. */
function whole(outcome: Outcome): string {
  return [verdict(outcome), outcome.message, outcome.details, outcome.result].filter(Boolean).join(" · ");
}

/** The same names with ids that nothing has. */
function ghost(side: Side): Side {
  const ids = Object.entries(side.ids).map(([name, id]) => [name, nobodys(id)]);
  return { workspaceId: side.workspaceId, ids: Object.fromEntries(ids) };
}

function nobodys(id: string): string {
  if (/^\d+$/.test(id)) return "999999999";
  return id.replaceAll(/[0-9a-f]/g, (digit) => (Number.parseInt(digit, 16) ^ 5).toString(16));
}
