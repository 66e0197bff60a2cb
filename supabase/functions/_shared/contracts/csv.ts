/** A cell of a CSV file; null and undefined become an empty cell. */
export type CsvCell = string | number | boolean | null | undefined;

/** U+FEFF at the start of a file makes Excel read it as UTF-8. */
export const CSV_BOM = "\uFEFF";

const FORMULA_START = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[-+][\d.,() ]*$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * Makes a cell safe to open in a spreadsheet: text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`,
 * `@`, a tab or a carriage return) gets a leading `'`. Plain numbers and phone numbers (`-5`, `+49 (30) 1234`) stay as they are.
 */
export function neutraliseFormula(text: string): string {
  return FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

function csvCell(cell: CsvCell): string {
  const text = neutraliseFormula(cell === null || cell === undefined ? "" : String(cell));
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file (RFC 4180: commas, CRLF, quotes doubled), with formulas neutralised. */
export function csvLine(cells: readonly CsvCell[]): string {
  const line = cells.map(csvCell).join(",");
  // A lone empty cell would be an empty line, which readers skip.
  return `${line === "" ? '""' : line}\r\n`;
}

/** A whole CSV text without a byte order mark. Use `csvLine` to stream a long one. */
export function writeCsv(rows: Iterable<readonly CsvCell[]>): string {
  let text = "";
  for (const row of rows) text += csvLine(row);
  return text;
}
