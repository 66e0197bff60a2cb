/**
 * `npm run test:mutations`: loosens every policy, grant and check of the database in turn, each in a transaction that is undone, and tells
 * which of these mutants the access matrix (tests/db/matrix) does not notice. `-- <word>` takes only mutants with the word in their name.
 */
import type { Failure, Part } from "../tests/db/matrix/cells.ts";
import { inDiscarded, partsOf } from "../tests/db/matrix/matrix.ts";
import { makeWorld } from "../tests/db/matrix/world.ts";
import { functionMutants } from "../tests/mutations/functions.ts";
import { grantMutants } from "../tests/mutations/grants.ts";
import { policyMutants } from "../tests/mutations/policies.ts";
import { judge, type Verdict } from "../tests/mutations/run.ts";
import { openTestDatabase } from "../tests/support/database.ts";

const [word = ""] = process.argv.slice(2);
/** A transaction keeps what every mutant in it cost in memory until it ends. */
const MUTANTS_A_TRANSACTION = 20;

const database = await openTestDatabase();
try {
  process.exitCode = await run();
} finally {
  await database.close();
}

async function run(): Promise<number> {
  const world = await makeWorld(database);
  const mutants = await inDiscarded(database.sql, async (sql) => {
    const all = [
      ...(await policyMutants(sql)),
      ...(await functionMutants(sql)),
      ...(await grantMutants(sql)),
    ];
    return all.filter(({ name }) => name.includes(word));
  });
  const unhealthy = await inDiscarded(database.sql, async (sql) => firstFailure(await partsOf(sql, world)));
  if (unhealthy) {
    const { cell, expected, got } = unhealthy;
    console.error(
      `Without any mutant: ${cell}: expected ${expected}, got ${got}. Mend that first: npm run test:db -- access`,
    );
    return 1;
  }
  const counts = { killed: 0, survived: 0, skipped: 0 };
  for (let start = 0; start < mutants.length; start += MUTANTS_A_TRANSACTION) {
    const some = mutants.slice(start, start + MUTANTS_A_TRANSACTION);
    await inDiscarded(database.sql, async (sql) => {
      const parts = await partsOf(sql, world);
      for (const mutant of some) tell(await judge(sql, mutant, parts), counts);
    });
    console.error(`${start + some.length} of ${mutants.length}`);
  }
  const { killed, survived, skipped } = counts;
  console.log(`${mutants.length} mutants made, ${killed} killed, ${survived} survived, ${skipped} skipped`);
  return survived + skipped > 0 || mutants.length === 0 ? 1 : 0;
}

async function firstFailure(parts: Part[]): Promise<Failure | null> {
  for (const part of parts) {
    const [failure] = await part.failures();
    if (failure) return failure;
  }
  return null;
}

function tell(
  { mutant, killedBy, broken }: Verdict,
  counts: { killed: number; survived: number; skipped: number },
): void {
  if (killedBy) {
    counts.killed += 1;
  } else if (broken) {
    counts.skipped += 1;
    console.log(`skipped, because it does not run: ${mutant.name}\n  ${broken}`);
  } else {
    counts.survived += 1;
    console.log(`survived: ${mutant.name}`);
  }
}
