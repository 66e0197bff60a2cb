import {
  IMPORT_LIMITS,
  type ImportKind,
  type ImportMapping,
  type ImportRow,
  type RejectedRow,
} from "@contracts";
import type { RawRow } from "../reading/read-rows";
import { mapCells, toImportRow } from "./transform";
import { keepExtraCells, settleRow, validateCells } from "./validate";

/** One piece of a file as `import_rows` takes it. The same file and mapping always give the same chunks. */
export type Chunk = { index: number; rows: ImportRow[]; rejected: RejectedRow[]; notes: RowNote[] };

/** What did not fit in a row that is imported all the same. */
export type RowNote = { row: number; note: string };

/** Keeps a rejected row small enough to send: long cells are cut, harder in a row that has many of them. */
function cutCells(cells: readonly string[]): string[] {
  const longest = Math.min(
    IMPORT_LIMITS.cellCharacters,
    Math.floor(IMPORT_LIMITS.rowCharacters / (2 * cells.length)),
  );
  return cells.map((cell) => (cell.length > longest ? `${cell.slice(0, longest - 1)}…` : cell));
}

const isRejected = (row: ImportRow | RejectedRow): row is RejectedRow => "reason" in row;

/** A line of a file as it is sent, its length as JSON, and notes on values of it that did not fit their fields. */
export type ConvertedRow = { row: ImportRow | RejectedRow; size: number; notes: string[] };

/**
 * A line of the file as a row to import, or as a rejected one with its reason. Rows are numbered from the first line after
 * the header.
 */
export function convertRow(kind: ImportKind, mapping: ImportMapping, raw: RawRow): ConvertedRow {
  const number = raw.line - mapping.header_rows;
  const sized = (row: ImportRow | RejectedRow, notes: string[]): ConvertedRow => ({
    row,
    size: JSON.stringify(row).length,
    notes,
  });
  const reject = (reason: string) => sized({ row: number, reason, raw: cutCells(raw.cells) }, []);

  const unreadable = validateCells(raw, mapping.columns);
  if (unreadable !== null) return reject(unreadable);
  const mapped = mapCells(kind, mapping.columns, raw.cells);
  const extra = keepExtraCells(mapped, raw.cells, mapping.columns.length);
  const { reason, notes } = settleRow(kind, mapped);
  if (reason !== null) return reject(reason);
  const converted = sized(toImportRow(kind, number, mapped), extra === null ? notes : [...notes, extra]);
  if (converted.size <= IMPORT_LIMITS.rowCharacters) return converted;
  const [has, may] = [converted.size, IMPORT_LIMITS.rowCharacters].map((count) => count.toLocaleString("en"));
  return reject(`The row has ${has} characters; a row may have ${may}. Skip the columns with long texts.`);
}

/** Cuts the rows of a file into chunks of at most 1,000 rows, closed early once they reach their share of the request's size. */
export async function* makeChunks(
  kind: ImportKind,
  mapping: ImportMapping,
  batches: AsyncIterable<RawRow[]>,
): AsyncGenerator<Chunk> {
  let chunk: Chunk = { index: 0, rows: [], rejected: [], notes: [] };
  let chunkSize = 0;
  for await (const batch of batches) {
    for (const raw of batch) {
      if (raw.line <= mapping.header_rows) continue;
      const { row, size, notes } = convertRow(kind, mapping, raw);
      const count = chunk.rows.length + chunk.rejected.length;
      const full = count === IMPORT_LIMITS.chunkRows || chunkSize + size > IMPORT_LIMITS.chunkCharacters;
      if (count > 0 && full) {
        yield chunk;
        chunk = { index: chunk.index + 1, rows: [], rejected: [], notes: [] };
        chunkSize = 0;
      }
      if (isRejected(row)) chunk.rejected.push(row);
      else chunk.rows.push(row);
      chunk.notes.push(...notes.map((note) => ({ row: row.row, note })));
      chunkSize += size;
    }
  }
  if (chunk.rows.length + chunk.rejected.length > 0) yield chunk;
}
