import type { TransactionSql } from "postgres";

/** Settings of a request, as the API makes them: the database role, and who the token says it is. */
export interface Identity {
  role: "anon" | "authenticated" | "service_role" | "postgres";
  claims: Record<string, string>;
}

export interface Attempt {
  as: Identity;
  /** One statement. A select gives one value; of others the rows count. */
  sql: string;
  /** The realtime channel being joined. */
  topic?: string;
}

/** What became of an attempt. Whatever it changed is undone. */
export interface Outcome {
  /** SQLSTATE, or null when the statement ran. */
  state: string | null;
  /** Our errors' code travels as the hint. */
  hint: string | null;
  message: string | null;
  details: string | null;
  constraint: string | null;
  /** Where in our functions it was raised; empty if before any of them ran. */
  context: string | null;
  hits: number;
  result: string | null;
}

/**
 * Tries statements one by one, each as its caller and in a subtransaction that is undone, in one round trip. Deferred
 * triggers fire before the outcome is known.
 */
export async function attemptAll(sql: TransactionSql, attempts: Attempt[]): Promise<Outcome[]> {
  const wanted = attempts.map(({ as, sql: statement, topic }) => ({
    settings: {
      "request.jwt.claims": JSON.stringify(as.claims),
      "realtime.topic": topic ?? "",
      role: as.role,
    },
    statement,
  }));
  const rows = await sql<Outcome[]>`
    select o.state, o.hint, o.message, o.details, o.broken as constraint, o.context, coalesce(o.hits, 0)::int as hits, o.result
    from jsonb_array_elements(${JSON.stringify(wanted)}::text::jsonb) with ordinality as w (value, place)
    cross join lateral pg_temp.attempt(w.value -> 'settings', w.value ->> 'statement') as o
    order by w.place`;
  return [...rows];
}

/** Defines pg_temp.attempt for this connection, until its transaction ends. */
export async function prepareAttempts(sql: TransactionSql): Promise<void> {
  await sql`
    create or replace function pg_temp.attempt(
      settings jsonb, statement text, out state text, out hint text, out message text, out details text, out broken text, out context text,
      out hits bigint, out result text
    )
    language plpgsql as $$
    begin
      begin
        perform set_config(key, value, true) from jsonb_each_text(settings - 'role');
        perform set_config('role', settings ->> 'role', true);
        if statement like 'select%' then
          execute statement into result;
        else
          execute statement;
        end if;
        get diagnostics hits = row_count;
        set constraints all immediate;
        raise exception using errcode = 'UNDO0';
      exception when others then
        get stacked diagnostics state = returned_sqlstate, hint = pg_exception_hint, message = message_text, details = pg_exception_detail,
          broken = constraint_name, context = pg_exception_context;
        if state = 'UNDO0' then
          state := null; hint := null; message := null; details := null; context := null;
        end if;
      end;
    end
    $$`;
}

/** The outcome in a word: "denied" (no grant), "policy" (row-level security refused the row), a code of ours, or "ok". */
export function verdict({ state, hint, message }: Outcome): string {
  if (state === null) return "ok";
  if (state === "42501") return message?.includes("row-level security") ? "policy" : "denied";
  if (state === "23503") return "foreign key";
  if (state.startsWith("PT") && hint) return hint;
  return `${state}: ${message}`;
}
