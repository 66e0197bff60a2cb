/** `npm run types`: writes src/database.types.ts from the migrations. */
import { writeFile } from "node:fs/promises";
import { generateTypes, typesFile, withFreshDatabase } from "./schema.ts";

await writeFile(typesFile, await withFreshDatabase(generateTypes));
