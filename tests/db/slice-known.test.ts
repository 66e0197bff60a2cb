import { expect, test } from "vitest";
import { done, NOTHING, sliceBench } from "../support/slices.ts";
import { companyOf } from "../support/subjects.ts";

const bench = sliceBench();
const { slice, start, statuses } = bench;

/** Two companies whose websites were read before, with these results. */
async function startKnown(results: object[]): Promise<void> {
  const { sql } = bench.database.current;
  await sql`delete from private.research_cache`;
  for (const [n, result] of results.entries()) {
    const site = `known${n}.example`;
    await sql`
      insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key) values (${bench.ann.workspaceId}, ${bench.campaign}, ${site}, ${site}, ${`d:${site}`})`;
    await sql`insert into private.research_cache values (null, 'company', ${site}, ${JSON.stringify(result)}::text::jsonb, now())`;
  }
  await start(0);
}

test("what is known is used without asking for it", async () => {
  await startKnown([NOTHING, NOTHING]);
  const report = await slice(() => Promise.reject(new Error("it was asked for")));
  expect(report).toMatchObject({ claimed: 0, known: 2 });
  expect(await statuses()).toEqual({ completed: 2 });
});

test("what is known and cannot be stored is asked for, and takes no other with it", async () => {
  await startKnown([{ ...NOTHING, portfolio: "many" }, NOTHING]);
  const asked: string[] = [];
  const report = await slice(async (job) => {
    asked.push(companyOf(job).name);
    return done;
  });
  expect(report).toMatchObject({ claimed: 1, known: 1, done: 1 });
  expect(asked).toEqual(["known0.example"]);
  expect(await statuses()).toEqual({ completed: 2 });
});
