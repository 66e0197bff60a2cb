import { beforeAll, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

const database = testDatabase();
let ann: Person;
let campaign: string;

beforeAll(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
  const { sql } = database.current;
  await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    values (${ann.workspaceId}, ${campaign}, 'Acme', 'n:acme')`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
    select workspace_id, campaign_id, id, 'Jane', 'n:jane' from public.companies where campaign_id = ${campaign}`;
});

/** The check that refuses a column's new value, an SQL expression, when Ann writes it; null when none does. */
async function refusal(table: string, column: string, value: string): Promise<string | null> {
  const written = database.current.as(ann, (user) =>
    user.unsafe(`update public.${table} set ${column} = ${value}`),
  );
  return written.then(
    () => null,
    (error: { constraint_name?: string }) => error.constraint_name ?? String(error),
  );
}

describe("the name", () => {
  test.each([
    ["workspaces", 100],
    ["campaigns", 200],
    ["saved_views", 60],
  ])("of %s has at most %i characters, white space too, and one that can be seen", async (table, most) => {
    if (table === "saved_views") {
      await database.current.as(
        ann,
        (user) =>
          user`insert into public.saved_views (workspace_id, list, name) values (${ann.workspaceId}, 'companies', 'Mine')`,
      );
    }
    expect(await refusal(table, "name", `repeat('é', ${most})`)).toBeNull();
    const check = `${table}_name_check`;
    expect(await refusal(table, "name", `'A' || repeat(' ', ${most})`)).toBe(check);
    for (const blank of ["''", "'  '", "E'\\n\\t'"]) expect(await refusal(table, "name", blank)).toBe(check);
  });
});

describe.each(["companies", "contacts"])("%s", (table) => {
  test.each([
    ["array(select 't' || n from generate_series(1, 200) as n)", true],
    ["array[repeat('é', 500)]", true],
    ["'{}'", true],
    ["array(select 't' || n from generate_series(1, 201) as n)", false],
    ["array[repeat('x', 501)]", false],
    ["array['a', null]", false],
    ["array[array['a'], array['b']]", false],
  ])("have tags that are a plain list of short texts: %s", async (tags, fits) => {
    expect(await refusal(table, "tags", tags)).toBe(fits ? null : `${table}_tags_check`);
  });

  test.each([
    [`'{"Plan": "Gold"}'`, true],
    ["'[]'", false],
    [`'"text"'`, false],
    ["'null'", false],
  ])("have custom fields by name: %s", async (custom, fits) => {
    expect(await refusal(table, "custom", custom)).toBe(fits ? null : `${table}_custom_check`);
  });
});
