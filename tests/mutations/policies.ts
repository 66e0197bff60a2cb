import type { TransactionSql } from "postgres";
import { everyWorkspace, type Mutant } from "./mutant.ts";

interface Policy {
  name: string;
  table: string;
  command: string;
  using: string | null;
  check: string | null;
}

/** Each policy dropped and loosened, one too many on each table, row-level security off, and each foreign key within a workspace dropped. */
export async function policyMutants(sql: TransactionSql): Promise<Mutant[]> {
  const policies = await sql<Policy[]>`
    select polname as name, format('%I.%I', n.nspname, c.relname) as table, polcmd as command, pg_get_expr(polqual, polrelid) as using,
      pg_get_expr(polwithcheck, polrelid) as check
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where pg_has_role(c.relowner, 'usage') order by 2, 1`;
  const tables = await sql<{ name: string; isView: boolean }[]>`
    select format('%I.%I', n.nspname, c.relname) as name, c.relkind in ('v', 'm') as "isView" from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v') order by 1`;
  const keys = await sql<Mutant[]>`
    select format('no foreign key %s of %s', conname, conrelid::regclass) as name, format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql,
      format('%s %s', conrelid::regclass, conname) as near
    from pg_constraint k where contype = 'f' and connamespace::regnamespace::text in ('public', 'private')
      and exists (select from pg_attribute where attrelid = k.conrelid and attname = 'workspace_id')
      and exists (select from pg_attribute where attrelid = k.confrelid and attname = 'workspace_id')
    order by 1`;
  return [...policies.flatMap(looser), ...tables.flatMap(open), ...keys];
}

function looser(policy: Policy): Mutant[] {
  const { name, table, command, using, check } = policy;
  const near = table.startsWith("realtime.") ? "realtime channels" : table;
  const on = `"${name}" on ${table}`;
  const mutant = (how: string, sql: string): Mutant => ({ name: `policy ${on} ${how}`, sql, near });
  const mutants = [
    mutant("dropped", `drop policy ${on}`),
    mutant("for everybody", `alter policy ${on} to public`),
  ];
  for (const [clause, expression] of [
    ["using", using],
    ["with check", check],
  ] as const) {
    if (expression === null && !(clause === "with check" && command === "w")) continue;
    mutants.push(mutant(`${clause} (true)`, `alter policy ${on} ${clause} (true)`));
    if (expression === null) continue;
    for (const [how, loosened] of loosenedExpressions(expression)) {
      mutants.push(
        mutant(`${clause}: ${how}`, `${everyWorkspace} alter policy ${on} ${clause} (${loosened})`),
      );
    }
  }
  return mutants;
}

const LOWER: Record<string, string> = { member: "viewer", admin: "member", owner: "admin" };

/** Checks as Postgres writes them in a policy's condition, and what they are when they are loosened. */
const LOOSENINGS: { find: RegExp; by: (match: string) => string; how: string }[] = [
  {
    find: /'(?:member|admin|owner)'::[\w.]+/g,
    by: (match) => match.replace(/member(?=')|admin|owner/, (role) => LOWER[role] ?? role),
    how: "a lesser role",
  },
  { find: /private\.my_workspaces\([^)]*\)/g, by: () => "private.every_workspace()", how: "any workspace" },
  { find: /= \( SELECT auth\.uid\(\) AS uid\)/g, by: () => "is not null", how: "anybody's" },
  { find: /(?:NOT )?\bis_\w+\b/g, by: () => "true", how: "whatever it is" },
];

/** The expression with one of its checks loosened, each in turn. */
function loosenedExpressions(expression: string): [string, string][] {
  return LOOSENINGS.flatMap(({ find, by, how }) =>
    [...expression.matchAll(find)].map((match, index): [string, string] => [
      `${how} (${index + 1})`,
      splice(expression, match, by(match[0])),
    ]),
  );
}

function splice(text: string, match: RegExpMatchArray, by: string): string {
  const start = match.index ?? 0;
  return text.slice(0, start) + by + text.slice(start + match[0].length);
}

function open({ name, isView }: { name: string; isView: boolean }): Mutant[] {
  if (isView) {
    return [
      {
        name: `view ${name} reads as its owner`,
        sql: `alter view ${name} set (security_invoker = false)`,
        near: name,
      },
    ];
  }
  const policies = [
    "select using (true)",
    "insert with check (true)",
    "update using (true)",
    "delete using (true)",
  ].map((rule) => {
    const [command] = rule.split(" ");
    const clause = rule.slice((command ?? "").length);
    return {
      name: `${name}: anybody may ${command}`,
      sql: `create policy mutant on ${name} for ${command} to authenticated ${clause}`,
      near: name,
    };
  });
  return [
    {
      name: `${name} without row-level security`,
      sql: `alter table ${name} disable row level security`,
      near: name,
    },
    ...policies,
  ];
}
