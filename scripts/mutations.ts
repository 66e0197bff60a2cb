/**
 * `npm run test:mutations`: loosens every policy, grant and check of the database in turn, each in a transaction that is undone, and tells
 * which of these mutants the access matrix (tests/db/matrix) does not notice. `-- <word>` takes only mutants with the word in their name.
 */
import { inDiscarded, partsOf } from "../tests/db/matrix/matrix.ts";
import { makeWorld } from "../tests/db/matrix/world.ts";
import { functionMutants } from "../tests/mutations/functions.ts";
import { grantMutants } from "../tests/mutations/grants.ts";
import { policyMutants } from "../tests/mutations/policies.ts";
import { judge } from "../tests/mutations/run.ts";
import { openTestDatabase } from "../tests/support/database.ts";

const [word = ""] = process.argv.slice(2);
const database = await openTestDatabase();
try {
  const world = await makeWorld(database);
  process.exitCode = await inDiscarded(database.sql, async (sql) => {
    const parts = await partsOf(sql, world);
    for (const part of parts) {
      for (const { cell, expected, got } of await part.failures()) {
        console.error(`Without any mutant: ${cell}: expected ${expected}, got ${got}.`);
        return 1;
      }
    }
    const mutants = [
      ...(await policyMutants(sql)),
      ...(await functionMutants(sql)),
      ...(await grantMutants(sql)),
    ].filter(({ name }) => name.includes(word));
    const counts = { killed: 0, survived: 0, skipped: 0 };
    for (const mutant of mutants) {
      const { killedBy, broken } = await judge(sql, mutant, parts);
      if (killedBy) counts.killed += 1;
      else if (broken) {
        counts.skipped += 1;
        console.log(`skipped, because it does not run: ${mutant.name}\n  ${broken}`);
      } else {
        counts.survived += 1;
        console.log(`survived: ${mutant.name}`);
      }
    }
    const { killed, survived, skipped } = counts;
    console.log(`${mutants.length} mutants made, ${killed} killed, ${survived} survived, ${skipped} skipped`);
    return survived + skipped > 0 || mutants.length === 0 ? 1 : 0;
  });
} finally {
  await database.close();
}
