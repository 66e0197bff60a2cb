import { expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();

test("a new id is a UUID of version 7 that tells when it was made", async () => {
  const { sql } = database.current;
  const [made] = await sql<{ id: string; earliest: number; latest: number }[]>`
    with before as materialized (select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms),
      made as materialized (select private.new_id() as id, ms from before)
    select id, ms as earliest, (extract(epoch from clock_timestamp()) * 1000)::float8 as latest from made`;
  if (!made) throw new Error("no row");
  expect(made.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const ms = Number.parseInt(made.id.replaceAll("-", "").slice(0, 12), 16);
  expect(ms).toBeGreaterThanOrEqual(made.earliest);
  expect(ms).toBeLessThanOrEqual(made.latest);
});

test("ids are in the order in which they were made, and their other half says nothing", async () => {
  const { sql } = database.current;
  const made = await sql<{ id: string }[]>`
    select private.new_id() as id from (select pg_sleep(0.0002) from generate_series(1, 500)) as paused`;
  const ids = made.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids.map((id) => id.slice(19))).size).toBe(500);
});

test.each(["companies", "contacts", "portfolio_companies", "research_batches"])(
  "%s, which grow with the work, have such ids",
  async (table) => {
    const [column] = await database.current.sql<{ default: string }[]>`
    select column_default as default from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and column_name = 'id'`;
    expect(column?.default).toBe("private.new_id()");
  },
);
