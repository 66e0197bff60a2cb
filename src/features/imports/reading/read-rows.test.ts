import { csvLine } from "@contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FileFormat, type RawRow, readRows } from "./read-rows";

const FORMAT: FileFormat = { encoding: "utf-8", delimiter: ",", newline: "\n" };

/** A file that arrives in pieces of the given size in bytes. */
class PiecedFile extends Blob {
  readonly #piece: number;
  constructor(text: string | Uint8Array<ArrayBuffer>, piece: number) {
    super([text]);
    this.#piece = piece;
  }
  override stream() {
    const whole = super.stream();
    const piece = this.#piece;
    return whole.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(part, controller) {
          for (let at = 0; at < part.length; at += piece) controller.enqueue(part.slice(at, at + piece));
        },
      }),
    );
  }
}

async function read(
  text: string | Uint8Array<ArrayBuffer>,
  format = FORMAT,
  { piece = 7, readAhead = 16 } = {},
) {
  const rows: RawRow[] = [];
  for await (const batch of readRows(new PiecedFile(text, piece), format, { readAhead })) rows.push(...batch);
  return rows;
}
const cellsOf = (rows: RawRow[]) => rows.map(({ cells }) => cells);

// Formulas are the writer's business; a carriage return at the end of a line belongs to the line's end.
const cell = fc
  .string({ unit: fc.constantFrom('"', ",", "\n", "\r", " ", "a", "é", "名", "😀", ";") })
  .map((text) => text.replace(/^\r+|\r+$/g, ""));
const table = fc.array(
  fc.array(cell, { minLength: 1, maxLength: 5 }).filter((row) => row.some((text) => text.trim() !== "")),
  { maxLength: 20 },
);

describe("reading the rows of a CSV file", () => {
  it("gives every cell as it was written, however the file is cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        async (rows, piece, readAhead) => {
          const text = rows.map((row) => csvLine(row)).join("");
          expect(cellsOf(await read(text, FORMAT, { piece, readAhead }))).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("numbers lines as a spreadsheet does: blank lines count, line breaks in quotes do not", async () => {
    const rows = await read('name,about\n\nAcme,"two\nlines"\n  \nBolt,x\n');
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, "name", "about"],
      [3, "Acme", "two\nlines"],
      [5, "Bolt", "x"],
    ]);
  });

  it("reads UTF-16, a byte order mark, old Mac line ends and zero bytes", async () => {
    const utf16 = new Uint8Array(Buffer.from("\uFEFFname;Größe\r\nAcme;1\r\n", "utf16le"));
    expect(cellsOf(await read(utf16, { encoding: "utf-16le", delimiter: ";", newline: "\n" }))).toEqual([
      ["name", "Größe"],
      ["Acme", "1"],
    ]);
    expect(cellsOf(await read("\uFEFFname,b\rAc\0me,1", { ...FORMAT, newline: "\r" }))).toEqual([
      ["name", "b"],
      ["Acme", "1"],
    ]);
  });

  it("loses one row to a quote that is never closed, not the rest of the file", async () => {
    const rows = await read('name,website\nAcme,acme.com\n"Bolt,bolt.eu\nCore,core.io\nDelta,delta.io\n');
    expect(rows.map(({ line, cells, problem }) => [line, cells[0], problem !== null])).toEqual([
      [1, "name", false],
      [2, "Acme", false],
      [3, '"Bolt,bolt.eu', true],
      [4, "Core", false],
      [5, "Delta", false],
    ]);
  });

  it("gives up with advice when hundreds of rows have open quotes", async () => {
    await expect(read('name,website\n"A,b\n'.repeat(1) + '"A,b\n'.repeat(300))).rejects.toThrow(
      /quotes that are never closed.*CSV/,
    );
  });

  it("reads a cell of a megabyte", async () => {
    const rows = await read(`name,about\nAcme,"${"x".repeat(1_000_001)}"\nBolt,y\n`, FORMAT, {
      piece: 65_536,
      readAhead: 262_144,
    });
    expect(rows.map(({ cells }) => cells[1]?.length)).toEqual([5, 1_000_001, 1]);
  });

  it("refuses a line without an end, naming it", async () => {
    await expect(
      read(`name\n${"x".repeat(9_000_000)}`, FORMAT, { piece: 65_536, readAhead: 262_144 }),
    ).rejects.toThrow(/^Line 2 is longer/);
  });

  it("hands over each byte of the file for hashing", async () => {
    const parts: Uint8Array[] = [];
    const file = new PiecedFile("name\nAcme é\n", 3);
    for await (const _ of readRows(file, FORMAT, { onPart: (part) => parts.push(part) }));
    expect(Buffer.concat(parts).toString()).toBe("name\nAcme é\n");
  });
});
