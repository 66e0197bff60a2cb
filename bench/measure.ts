import type postgres from "postgres";

/** Figures of repeated, interleaved measurements. Times are milliseconds. */

export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const p95 = (values: readonly number[]) => quantile(values, 0.95);

/** Rounded to three significant digits, as tables and JSON show it. */
export const rounded = (value: number) => Number(value.toPrecision(3));

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How long the database takes for a statement: to plan it, execute it and write its rows out. */
export async function inDatabase(
  sql: postgres.Sql | postgres.TransactionSql,
  statement: postgres.PendingQuery<postgres.Row[]>,
): Promise<number> {
  const [row] = await sql`explain (analyze, timing off, summary, serialize text, format json) ${statement}`;
  const [plan] = row?.["QUERY PLAN"] ?? [];
  return plan["Planning Time"] + plan["Execution Time"];
}

/**
 * Takes the time of each of the `variants` once a round, `rounds` times, starting each round with another one: what else the
 * machine does hits all of them alike. Gives the times of each, in the order of the rounds.
 */
export async function interleave<Name extends string>(
  rounds: number,
  variants: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(variants) as Name[]; // the keys of a Record<Name, …> are Names
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>; // as above
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < names.length; place++) {
      const name = names[(round + place) % names.length];
      if (name !== undefined) times[name].push(await variants[name]());
    }
  }
  return times;
}
