/** `npm run bench -- <name> [--keep]`: runs one measurement. Prints a table and, last, one line of JSON. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Bench } from "./bench.ts";

const folder = join(import.meta.dirname, "benches");
const names = (await readdir(folder)).map((file) => basename(file, ".ts"));

const { values, positionals } = parseArgs({
  options: { keep: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [name = ""] = positionals;
if (!names.includes(name)) {
  console.error(`Name one bench: ${names.join(", ")}.`);
  process.exit(1);
}
const { default: bench }: { default: Bench } = await import(join(folder, `${name}.ts`));
console.log(JSON.stringify({ bench: name, ...(await bench({ keep: values.keep })) }));
