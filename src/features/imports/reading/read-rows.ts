import Papa from "papaparse";
import type { Newline } from "./detect-delimiter";
import type { Encoding } from "./detect-encoding";
import { ImportFileError } from "./import-file-error";

/** How the bytes of a file become rows of cells. */
export type FileFormat = { encoding: Encoding; delimiter: string; newline: Newline };

/**
 * One line of a file, as a spreadsheet would number it (1-based, the header and blank lines count). `problem` says for the user why
 * its cells cannot be trusted.
 */
export type RawRow = { line: number; cells: string[]; problem: string | null };

/** `onPart` gets each piece of the file as it is read; `readAhead` is how many characters are parsed at once. */
type ReadOptions = { onPart?: (part: Uint8Array) => void; readAhead?: number };

type Parsed = { data: string[][]; errors: { code: string }[]; meta: { cursor: number } };

const READ_AHEAD = 256 * 1024;
/** Characters after which an open quote is taken for a mistake, not for a long cell. */
const LONGEST_ROW = 4 * 1024 * 1024;
const MOST_OPEN_QUOTES = 100;
const OPEN_QUOTE = 'A quote (") opens a cell and is never closed. Close it or remove it.';

/** Postgres text cannot hold a zero byte, and a `\r` before the line's `\n` belongs to the line's end. */
function cleanCells(cells: string[]): string[] {
  const last = cells.length - 1;
  return cells.map((cell, at) =>
    (at === last && cell.endsWith("\r") ? cell.slice(0, -1) : cell).replaceAll("\0", ""),
  );
}

/** Splits text that arrives in pieces into rows; what is not yet a whole row is kept for the next piece. */
class RowSplitter {
  readonly #parser: Papa.Parser;
  readonly #newline: Newline;
  #text = "";
  #line = 0;
  #parseAt: number;
  #openQuotes = 0;

  readonly #readAhead: number;

  constructor({ delimiter, newline }: FileFormat, readAhead: number) {
    this.#readAhead = readAhead;
    this.#parseAt = readAhead;
    this.#parser = new Papa.Parser({ delimiter, newline });
    this.#newline = newline;
  }

  push(text: string): RawRow[] {
    this.#text += text;
    if (this.#text.length < this.#parseAt) return [];
    const rows = this.#parse(true);
    if (this.#text.length >= LONGEST_ROW) return [...rows, ...this.#skipOpenQuote()];
    // A row longer than what was read is not parsed again for every piece that arrives.
    this.#parseAt = Math.max(this.#readAhead, this.#text.length * 2);
    return rows;
  }

  end(): RawRow[] {
    const rows: RawRow[] = [];
    while (this.#text !== "") {
      rows.push(...this.#parse(true));
      if (this.#text === "") break;
      const { data, errors } = this.#run(false);
      if (errors.some(({ code }) => code === "MissingQuotes")) {
        rows.push(...this.#skipOpenQuote());
        continue;
      }
      rows.push(...data.map((cells) => this.#row(cells)));
      this.#text = "";
    }
    return rows;
  }

  #run(partial: boolean): Parsed {
    // The types of papaparse leave this method's result open; this is the part of its `ParseResult` that we read.
    return this.#parser.parse(this.#text, 0, partial) as Parsed;
  }

  #parse(partial: boolean): RawRow[] {
    const { data, meta } = this.#run(partial);
    this.#text = this.#text.slice(meta.cursor);
    return data.map((cells) => this.#row(cells));
  }

  #row(cells: string[], problem: string | null = null): RawRow {
    this.#line++;
    return { line: this.#line, cells: cleanCells(cells), problem };
  }

  /** Gives up on the first line of what is left and goes on after it, so that one stray quote costs one row. */
  #skipOpenQuote(): RawRow[] {
    const end = this.#text.indexOf(this.#newline);
    const line = this.#text.slice(0, end === -1 ? undefined : end);
    if (line.length >= LONGEST_ROW) {
      throw new ImportFileError(
        `Line ${this.#line + 1} is longer than ${LONGEST_ROW.toLocaleString("en")} characters. Save the file again as CSV from a spreadsheet.`,
      );
    }
    const row = this.#row([line], OPEN_QUOTE);
    this.#openQuotes++;
    if (this.#openQuotes > MOST_OPEN_QUOTES) {
      throw new ImportFileError(
        `More than ${MOST_OPEN_QUOTES} rows up to line ${row.line} have quotes that are never closed. Save the file again as CSV from a spreadsheet.`,
      );
    }
    this.#text = end === -1 ? "" : this.#text.slice(end + 1);
    this.#parseAt = this.#readAhead;
    return [row];
  }
}

/**
 * Reads a CSV file as a stream, in batches of rows: a file of any size costs a few megabytes. Blank lines are
 * numbered but left out.
 * @throws ImportFileError when the quotes or lines of the file are broken beyond single rows
 */
export async function* readRows(
  file: Blob,
  format: FileFormat,
  { onPart, readAhead = READ_AHEAD }: ReadOptions = {},
): AsyncGenerator<RawRow[]> {
  const splitter = new RowSplitter(format, readAhead);
  const decoder = new TextDecoder(format.encoding);
  const notBlank = ({ cells }: RawRow) => cells.some((cell) => cell.trim() !== "");
  const reader = file.stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      onPart?.(part.value);
      const rows = splitter.push(decoder.decode(part.value, { stream: true })).filter(notBlank);
      if (rows.length > 0) yield rows;
    }
    const rows = [...splitter.push(decoder.decode()), ...splitter.end()].filter(notBlank);
    if (rows.length > 0) yield rows;
  } finally {
    await reader.cancel();
  }
}
