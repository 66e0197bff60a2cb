import type { TransactionSql } from "postgres";
import type { Side } from "../matrix/world.ts";

export interface Argument {
  name: string;
  type: string;
  isOptional: boolean;
}

export interface Callable {
  /** "public.list_companies" */
  name: string;
  arguments: Argument[];
}

/** The functions that users may call through the API, with their arguments. */
export async function callables(sql: TransactionSql): Promise<Callable[]> {
  return sql<Callable[]>`
    select 'public.' || p.proname as name, coalesce((
      select jsonb_agg(jsonb_build_object(
        'name', p.proargnames[place], 'type', format_type(t, null), 'isOptional', place > p.pronargs - p.pronargdefaults
      ) order by place)
      from unnest(p.proargtypes) with ordinality as a (t, place)
    ), '[]') as arguments
    from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') order by 1`;
}

/** A value that each argument takes, by its name. */
export function samples({ ids }: Side): Record<string, unknown> {
  return {
    campaign_id: ids.idle_campaign,
    workspace_id: ids.workspaces,
    run_id: ids.research_runs,
    import_id: ids.import_jobs,
    integration_id: ids.integrations,
    delivery_id: Number(ids.deliveries),
    job_ids: [Number(ids.research_jobs)],
    invite_id: ids.workspace_invites,
    task_id: ids.running_task,
    user_id: ids.the_viewer,
    token: ids.invite_token,
    role: "viewer",
    spend_cap: 5,
    email: "new@test.example",
    name: "New",
    list: "companies",
    row: 1,
    filter: {},
    patch: { add_tags: ["x"] },
    options: {},
    stages: ["company"],
    kind: "companies",
    file_name: "a.csv",
    file_size: 1,
    file_hash: "h",
    mapping: {},
    chunk_index: 1,
    chunk_count: 1,
    rows: [],
  };
}

/** The arguments that a call cannot do without: those without a default, and whose rows they are. */
export function baseArguments(callable: Callable, known: Record<string, unknown>): Record<string, unknown> {
  const needed = callable.arguments.filter(({ name, isOptional }) => !isOptional || name === "campaign_id");
  return Object.fromEntries(
    needed.map(({ name }) => {
      if (!(name in known))
        throw new Error(
          `${callable.name} has an argument ${name}: give a value for it in tests/db/hostile/calls.ts.`,
        );
      return [name, known[name]];
    }),
  );
}

/**
 * The call as PostgREST makes it of a request's body.
 * @param body SQL of the JSON text
 */
export function callSql(callable: Callable, given: string[], body: string): string {
  const used = callable.arguments.filter(({ name }) => given.includes(name));
  const columns = used.map(({ name, type }) => `"${name}" ${type}`).join(", ");
  const passed = used.map(({ name }) => `"${name}" := _args."${name}"`).join(", ");
  const from =
    used.length > 0 ? `json_to_record((${body})::json) as _args (${columns}) cross join lateral ` : "";
  return `select left(coalesce(string_agg(x::text, ''), ''), 300) from ${from}${callable.name}(${passed}) as x`;
}
