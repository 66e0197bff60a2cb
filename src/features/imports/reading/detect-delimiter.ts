import Papa from "papaparse";

const CANDIDATES = [",", ";", "\t", "|"];
const SAMPLE_ROWS = 50;
const DECLARED = /^sep=(.)\r?\n/i;

export type Newline = "\n" | "\r";

/** The character that ends a line. `\r\n` counts as `\n`: the reader drops the `\r`. */
export function detectNewline(sample: string): Newline {
  return !sample.includes("\n") && sample.includes("\r") ? "\r" : "\n";
}

/** How many of the rows have the most common number of cells, and that number. */
function shape(rows: string[][]): { columns: number; share: number } {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [columns, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [1, 0]);
  return { columns, share: rows.length === 0 ? 0 : count / rows.length };
}

/**
 * The delimiter under which most of the first rows have the same number of cells, and at least two; of those that tie, the
 * one that gives most cells. A file with a single column gets a comma. Excel's `sep=;` line is believed.
 */
export function detectDelimiter(sample: string): string {
  const declared = DECLARED.exec(sample)?.[1];
  if (declared !== undefined) return declared;

  let best = { delimiter: ",", share: 0, columns: 1 };
  for (const delimiter of CANDIDATES) {
    const { data } = Papa.parse<string[]>(sample, {
      delimiter,
      newline: detectNewline(sample),
      preview: SAMPLE_ROWS,
      skipEmptyLines: "greedy",
    });
    // The sample may end inside a row.
    const { columns, share } = shape(data.length > 2 ? data.slice(0, -1) : data);
    if (columns < 2) continue;
    if (share > best.share || (share === best.share && columns > best.columns))
      best = { delimiter, share, columns };
  }
  return best.delimiter;
}
