/** Whether src/database.types.ts is what the migrations give, and whether Supabase's advisor finds nothing but what is allowed. */
import { readFile } from "node:fs/promises";
import { allowed, complaints } from "./advisor.ts";
import { askAdvisor, generateTypes, typesFile, withFreshDatabase } from "./schema.ts";

await withFreshDatabase(async (dbUrl) => {
  if ((await generateTypes(dbUrl)) !== (await readFile(typesFile, "utf8"))) {
    console.error(
      "src/database.types.ts is not what the migrations give: run `npm run types` and commit it.",
    );
    process.exitCode = 1;
  }
  for (const complaint of complaints(await askAdvisor(dbUrl), allowed)) {
    console.error(complaint);
    process.exitCode = 1;
  }
});
