import type { TransactionSql } from "postgres";
import { type Attempt, attemptAll, type Outcome, verdict } from "./attempt.ts";

/** One thing that somebody tries, and what should come of it. */
export interface Cell extends Attempt {
  name: string;
  expected: string;
  /** How the outcome is told; a verdict unless said otherwise. */
  tell?: (outcome: Outcome) => string;
}

export interface Failure {
  cell: string;
  expected: string;
  got: string;
}

/** What of a table, a function, a foreign key or the channels can be tried by itself. */
export interface Part {
  name: string;
  failures(): Promise<Failure[]>;
}

/** How many rows were written: "2 rows", or why none. */
export function rowsWritten(outcome: Outcome): string {
  return outcome.state === null ? `${outcome.hits} rows` : verdict(outcome);
}

/** How many rows were counted. */
export function rowsRead(outcome: Outcome): string {
  return outcome.state === null ? `${outcome.result} rows` : verdict(outcome);
}

/** Whether the caller had the grant on the table: "denied" or "granted", whatever came after. */
export function grant({ message }: Outcome): string {
  return /^permission denied for (table|view|materialized view) /.test(message ?? "") ? "denied" : "granted";
}

/** Which constraint refused it. */
export function refusedBy(outcome: Outcome): string {
  return outcome.constraint ? `refused by ${outcome.constraint}` : verdict(outcome);
}

/** Whether row-level security let it pass: "policy" (or "denied"), else "passed", whatever came after. */
export function pastPolicy(outcome: Outcome): string {
  const told = verdict(outcome);
  return told === "policy" || told === "denied" ? told : "passed";
}

/** "refused" if nothing was written, whoever saw to it. */
export function refusal(outcome: Outcome): string {
  const told = rowsWritten(outcome);
  return ["denied", "policy", "0 rows"].includes(told) ? "refused" : told;
}

/** Tries the cells; gives those that came out otherwise. */
export async function failuresOf(sql: TransactionSql, cells: Cell[]): Promise<Failure[]> {
  const outcomes = await attemptAll(sql, cells);
  return cells.flatMap(({ name, expected, tell = verdict }, index) => {
    const outcome = outcomes[index];
    const got = outcome ? tell(outcome) : "nothing";
    return got === expected ? [] : [{ cell: name, expected, got }];
  });
}
