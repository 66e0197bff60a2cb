import { CSV_BOM, csvLine, type ImportJob } from "@contracts";
import { saveFile } from "@/lib/save-file";
import { rejectedRowPages } from "./queries";
import { rejectedCells } from "./rows/rejected-cells";

/** The name of the file with the rejected rows of another file: `leads.csv` → `leads – rejected rows.csv`. */
export function rejectedFileName(fileName: string): string {
  return `${fileName.replace(/\.[^.]*$/, "")} – rejected rows.csv`;
}

/** Downloads an import's rejected rows as CSV: line of the file, reason, original cells. */
export async function downloadRejectedRows({ id, kind, file_name, mapping }: ImportJob): Promise<void> {
  const { columns, header_rows } = mapping ?? { columns: [], header_rows: 0 };
  const parts = [CSV_BOM + csvLine(["Line", "Reason", ...columns.map(({ header }) => header)])];
  for await (const rows of rejectedRowPages(id)) {
    const lines = rows.map(({ row_number, reason, raw }) =>
      csvLine([row_number + header_rows, reason, ...rejectedCells(kind, columns, raw)]),
    );
    parts.push(lines.join(""));
  }
  saveFile(new Blob(parts, { type: "text/csv;charset=utf-8" }), rejectedFileName(file_name));
}
