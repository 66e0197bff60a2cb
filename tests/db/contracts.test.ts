import { expect, test } from "vitest";
import * as z from "zod/mini";
import { rpcArguments, rpcResults } from "../../supabase/functions/_shared/contracts/index.ts";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();

interface Callable {
  name: string;
  /** Those with a default end in "?". */
  args: string[];
}

/** The functions that clients may call, and what they take. */
async function callables(): Promise<Callable[]> {
  const found = await database.current.sql<Callable[]>`
    select p.proname as name, coalesce(array(
      select a.name || case when a.place > p.pronargs - p.pronargdefaults then '?' else '' end
      from unnest(p.proargnames) with ordinality as a (name, place) where a.place <= p.pronargs order by a.name
    ), '{}') as args
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and has_function_privilege('authenticated', p.oid, 'execute')
      and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    order by p.proname`;
  return [...found];
}

test("each function that clients may call takes what its contract says, under the same names", async () => {
  const contracts = Object.entries(rpcArguments).map(([name, { shape }]) => ({
    name,
    args: Object.entries<z.ZodMiniType>(shape).map(([arg, schema]) =>
      z.safeParse(schema, undefined).success ? `${arg}?` : arg,
    ),
  }));
  const byName = (all: Callable[]) =>
    Object.fromEntries(all.map(({ name, args }) => [name, args.toSorted()]));
  const actual = byName(await callables());
  expect(Object.keys(actual).length).toBeGreaterThan(30);
  expect(byName(contracts)).toEqual(actual);
  expect(Object.keys(rpcResults).toSorted()).toEqual(Object.keys(actual).toSorted());
});
