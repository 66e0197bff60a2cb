import { looksLikeValue } from "../rows/content";
import { isKnownHeader, uniqueHeaders } from "../rows/headers";
import { detectDelimiter, detectNewline } from "./detect-delimiter";
import { detectEncoding } from "./detect-encoding";
import { refuseOtherFiles } from "./file-type";
import { ImportFileError } from "./import-file-error";
import { type FileFormat, type RawRow, readRows } from "./read-rows";

/** What the first rows of a file show. `headerRows` counts the lines up to and including the header; 0 means that there is none. */
export type OpenedFile = { format: FileFormat; headerRows: number; headers: string[]; sample: string[][] };

const PREVIEW_ROWS = 50;
const MOST_COLUMNS = 1_000;
const DELIMITER_SAMPLE_BYTES = 64 * 1024;
/** Some exports (LinkedIn's, for one) put notes above the header. */
const HEADER_WITHIN = 10;

const isNumber = (text: string) => /^[-+]?[\d.,\s%$€£]+$/.test(text);

/** The line the header is on, or null when the first line is data already. `hasHeader` is what the user says, null for nothing. */
function findHeader(rows: readonly RawRow[], hasHeader: boolean | null): RawRow | null {
  const first = rows[0];
  if (first === undefined || hasHeader === false) return null;
  const known = rows.slice(0, HEADER_WITHIN).find(({ cells }) => cells.filter(isKnownHeader).length >= 2);
  if (known !== undefined) return known;
  if (hasHeader || first.cells.some(isKnownHeader)) return first;
  return first.cells.some((cell) => looksLikeValue(cell.trim()) || isNumber(cell)) ? null : first;
}

async function firstRows(file: Blob, format: FileFormat): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of readRows(file, format)) {
    const missing = PREVIEW_ROWS + HEADER_WITHIN - rows.length;
    rows.push(...batch.slice(0, missing));
    if (batch.length >= missing) break;
  }
  return rows;
}

/**
 * Finds out how a file is to be read and gives its header and first rows.
 * @param hasHeader whether it has a header, when the user has said so
 * @throws ImportFileError when it is not a CSV file or has no rows below its header
 */
export async function openFile(file: File, hasHeader: boolean | null = null): Promise<OpenedFile> {
  const encoding = await detectEncoding(file);
  await refuseOtherFiles(file, encoding);
  const head = new TextDecoder(encoding).decode(await file.slice(0, DELIMITER_SAMPLE_BYTES).arrayBuffer());
  const format: FileFormat = { encoding, delimiter: detectDelimiter(head), newline: detectNewline(head) };

  const rows = await firstRows(file, format);
  const declared =
    rows[0]?.cells.length === 2 && /^sep=$/i.test(rows[0].cells[0] ?? "") ? rows.shift() : undefined;
  const header = findHeader(rows, hasHeader);
  const body = header === null ? rows : rows.slice(rows.indexOf(header) + 1);
  if (body.length === 0) {
    throw new ImportFileError(
      `“${file.name}” has a header but no rows below it. Add rows and choose it again.`,
    );
  }
  const columns = header?.cells.length ?? Math.max(...body.map(({ cells }) => cells.length));
  if (columns > MOST_COLUMNS) {
    throw new ImportFileError(
      `“${file.name}” has ${columns.toLocaleString("en")} columns; an import may have ${MOST_COLUMNS.toLocaleString("en")}.`,
    );
  }
  return {
    format,
    headerRows: header?.line ?? declared?.line ?? 0,
    headers: uniqueHeaders(header?.cells ?? Array.from({ length: columns }, () => "")),
    sample: body.slice(0, PREVIEW_ROWS).map(({ cells }) => cells),
  };
}
