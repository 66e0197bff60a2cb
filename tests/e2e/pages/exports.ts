import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import * as XLSX from "xlsx";

/** Downloads the list that is shown; its rows as a spreadsheet reads them. */
export async function downloadList(
  page: Page,
): Promise<{ fileName: string; rows: Record<string, string>[] }> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name: "Download CSV" }).click(),
  ]);
  return { fileName: download.suggestedFilename(), rows: sheetRows(await readFile(await download.path())) };
}

/** The rows of a CSV file as a spreadsheet reads them, every cell as text. */
export function sheetRows(csv: Buffer): Record<string, string>[] {
  const book = XLSX.read(new TextDecoder().decode(csv), { type: "string", raw: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ""];
  return sheet ? XLSX.utils.sheet_to_json(sheet, { raw: true, defval: "" }) : [];
}
