import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";

const FILE = join(import.meta.dirname, "../../scripts/demo/companies.csv");

/** The demo companies, whose websites the tests serve. */
export async function demoCompanies(): Promise<{ name: string; website: string }[]> {
  const csv = await readFile(FILE, "utf8");
  return Papa.parse<{ name: string; website: string }>(csv, { header: true, skipEmptyLines: true }).data;
}
