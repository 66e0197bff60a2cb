import type { TransactionSql } from "postgres";
import { everyWorkspace, type Mutant } from "./mutant.ts";

interface Source {
  /** "public.start_research" */
  name: string;
  signature: string;
  source: string;
  /** The create statement. */
  definition: string;
  isDefiner: boolean;
  returns: string;
  usersMayCall: boolean;
}

/** A check, and what it is when it is loosened. */
interface Loosening {
  find: RegExp;
  by: (match: string) => string;
  how: string;
}

const LOWER: Record<string, string> = { member: "viewer", admin: "member", owner: "admin" };
const lowerRole = (match: string) => match.replace(/'(member|admin|owner)'/, (_, role) => `'${LOWER[role]}'`);

const LOOSENINGS: Loosening[] = [
  { find: /private\.my_workspaces\([^)]*\)/g, by: () => "private.every_workspace()", how: "any workspace" },
  {
    find: /(?:my_workspaces|open_\w+)\([^;()]*'(?:member|admin|owner)'/g,
    by: lowerRole,
    how: "a lesser role",
  },
  {
    find: /\b(?:role|mine)\s*(?:>=|<|=|<>)\s*'(?:member|admin|owner)'/g,
    by: lowerRole,
    how: "a lesser role",
  },
  { find: />=\s*at_least/g, by: () => "is not null", how: "any role" },
  {
    find: /(?<!_by )(?<![:<>])=\s*(?:\(select auth\.uid\(\)\)|caller\b)/g,
    by: () => "is not null",
    how: "whoever it is",
  },
  { find: /<>\s*\(select auth\.uid\(\)\)/g, by: () => "is null", how: "whoever it is" },
  { find: /(?<!:)=\s*private\.my_email\(\)/g, by: () => "is not null", how: "whatever the address" },
  { find: /=\s*extensions\.digest\([^)]*\)/g, by: () => "is not null", how: "whatever the token" },
  { find: /\bw\.channel_key = split_part\([^)]*\)::uuid/g, by: () => "true", how: "whatever the key" },
  { find: /\band u\.email_confirmed_at is not null/g, by: () => "", how: "unconfirmed" },
  { find: /private\.may_\w+\((?:[^()]|\([^()]*\))*\)/g, by: () => "true", how: "no such check" },
];

/** What only looks like a check: a value that is set, and a limit on how many there may be. */
const NO_CHECK = [/\bset\b(?:(?!\b(?:where|and|or|if|when|then)\b)[^;])*$/, /\bcount\(\*\)[^;]*$/];

/** What makes a refusal one of people rather than of things that are not there. */
const ABOUT_PEOPLE =
  /my_workspaces|auth\.uid|my_email|may_manage|open_\w+\(|at_least|\bmine\b|caller|invite_of_token/;
const REFUSAL =
  /\b(if|elsif)\s+((?:(?!\bthen\b)[\s\S])*?)\s+then(\s+perform private\.fail\('(forbidden|not_found|wrong_account|email_not_confirmed|inviter_left)')/g;

/** Each check inside each function loosened or dropped, and each function of the API made to run as its owner. */
export async function functionMutants(sql: TransactionSql): Promise<Mutant[]> {
  const sources = await sql<Source[]>`
    select n.nspname || '.' || p.proname as name, format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as signature, p.prosrc as source, pg_get_functiondef(p.oid) as definition,
      p.prosecdef as "isDefiner", p.prorettype::regtype::text as returns, has_function_privilege('authenticated', p.oid, 'execute') as "usersMayCall"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private') and p.prokind = 'f' order by 2`;
  const openers = sources.filter(({ name }) => /^private\.open_/.test(name));
  return sources.flatMap((source) => [
    ...inside(source),
    ...withoutOpener(source, openers),
    ...whole(source),
  ]);
}

function inside(source: Source): Mutant[] {
  const changes = LOOSENINGS.flatMap(({ find, by, how }) =>
    [...source.source.matchAll(find)]
      .filter((match) => isCheck(source.source, match))
      .map((match) => ({
        how: `${how}: ${line(match[0])}`,
        body: splice(source.source, match, by(match[0])),
      })),
  );
  for (const match of source.source.matchAll(REFUSAL)) {
    const before = source.source.slice(0, match.index).split(";").at(-2) ?? "";
    const condition = match[2] ?? "";
    const isAfterLook = /\bis null\b|not found/.test(condition) && ABOUT_PEOPLE.test(before);
    const isAlways = match[4] !== "forbidden" && match[4] !== "not_found";
    if (!isAlways && !isAfterLook && !ABOUT_PEOPLE.test(condition)) continue;
    changes.push({
      how: `refuses nobody: if ${line(condition)}`,
      body: splice(source.source, match, `${match[1]} false then${match[3]}`),
    });
  }
  return changes.map(({ how, body }) => ({
    name: `${source.signature}: ${how}`,
    sql: everyWorkspace + redefined(source, body),
    near: `call ${source.signature}`,
  }));
}

/** Calls of private.open_…, which check the caller first, without those checks. */
function withoutOpener(source: Source, openers: Source[]): Mutant[] {
  return openers.flatMap((opener) => {
    const short = opener.name.replace("private.", "");
    return [...source.source.matchAll(new RegExp(`private\\.${short}\\(`, "g"))].map((match) => ({
      name: `${source.signature}: ${short} checks nobody`,
      sql: `${everyWorkspace}${unchecked(opener)};${redefined(source, splice(source.source, match, `private.unchecked_${short}(`))}`,
      near: `call ${source.signature}`,
    }));
  });
}

/** The function under another name, with every check in it gone. */
function unchecked(opener: Source): string {
  let body = opener.source;
  for (const { find, by } of LOOSENINGS) body = body.replaceAll(find, (text) => by(text));
  body = body.replaceAll(REFUSAL, (_, word, condition, rest) =>
    ABOUT_PEOPLE.test(condition) ? `${word} false then${rest}` : `${word} ${condition} then${rest}`,
  );
  const short = opener.name.replace("private.", "");
  return redefined(opener, body)
    .replace(opener.name, `private.unchecked_${short}`)
    .replaceAll(new RegExp(`\\b${short}\\.`, "g"), `unchecked_${short}.`);
}

function isCheck(text: string, match: RegExpMatchArray): boolean {
  const before = text.slice(0, match.index);
  return !NO_CHECK.some((pattern) => pattern.test(before));
}

function whole(source: Source): Mutant[] {
  const mutants: Mutant[] = [];
  if (source.returns === "boolean" && /^private\.may_/.test(source.name)) {
    const body = source.definition.includes("LANGUAGE plpgsql") ? "begin return true; end" : "select true";
    mutants.push({
      name: `${source.signature}: always`,
      sql: redefined(source, body),
      near: `call ${source.signature}`,
    });
  }
  if (source.usersMayCall && !source.isDefiner && source.name.startsWith("public.")) {
    const sql = `alter function ${source.signature} security definer`;
    mutants.push({ name: `${source.signature}: runs as its owner`, sql, near: `call ${source.signature}` });
  }
  return mutants;
}

function redefined({ definition, source }: Source, body: string): string {
  return definition.replace(source, () => body);
}

function splice(text: string, match: RegExpMatchArray, by: string): string {
  const start = match.index ?? 0;
  return text.slice(0, start) + by + text.slice(start + match[0].length);
}

function line(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 100);
}
