/** Whether src/database.types.ts is what the migrations give, and whether Supabase's advisor finds nothing worse than a note. */
import { readFile } from "node:fs/promises";
import { askAdvisor, generateTypes, typesFile, withFreshDatabase } from "./schema.ts";

await withFreshDatabase(async (dbUrl) => {
  if ((await generateTypes(dbUrl)) !== (await readFile(typesFile, "utf8"))) {
    console.error(
      "src/database.types.ts is not what the migrations give: run `npm run types` and commit it.",
    );
    process.exitCode = 1;
  }
  const { isContent, report } = await askAdvisor(dbUrl);
  if (!isContent) {
    console.error(report);
    process.exitCode = 1;
  }
});
