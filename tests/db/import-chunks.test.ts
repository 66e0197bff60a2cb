import { describe, expect, test } from "vitest";
import { importBench } from "../support/imports.ts";

const bench = importBench();

describe("chunks", () => {
  test("sent twice, also at the same time, a chunk counts once", async () => {
    const { import: started } = await bench.start("companies");
    const rows = [
      { row: 1, name: "A" },
      { row: 2, name: "B" },
    ];
    const results = await Promise.all([1, 2, 3].map(() => bench.send(started.id, 0, rows)));
    expect(results.filter((result) => !result.already)).toHaveLength(1);
    expect(results.every((result) => result.created === 2)).toBe(true);
    expect(await bench.finish(started.id, 1)).toMatchObject({
      status: "completed",
      created_rows: 2,
      processed_rows: 2,
    });
  });

  test("an interrupted import continues where it was; its end waits for every chunk", async () => {
    const { import: started } = await bench.start("companies", "the-file");
    await bench.send(started.id, 1, [{ row: 2, name: "B" }]);
    await expect(bench.finish(started.id, 3)).rejects.toMatchObject({
      hint: "import_incomplete",
      detail: "[0, 2]",
    });
    const again = await bench.start("companies", "the-file");
    expect(again).toMatchObject({ import: { id: started.id }, chunks_done: [1] });
  });

  test("other rows under the number of a chunk that is there are refused", async () => {
    const { import: started } = await bench.start("companies");
    await bench.send(started.id, 0, [{ row: 1, name: "A" }]);
    await expect(bench.send(started.id, 0, [{ row: 1, name: "B" }])).rejects.toMatchObject({
      hint: "chunk_changed",
    });
  });

  test("chunks of one file from many connections at once lose nothing and never deadlock", async () => {
    const { import: started } = await bench.start("companies");
    const chunks = Array.from({ length: 24 }, (_, chunk) =>
      Array.from({ length: 100 }, (_, index) => ({
        row: chunk * 100 + index,
        website: `c${(chunk * 37 + index) % 500}.example`,
      })),
    );
    await Promise.all(chunks.map((rows, chunk) => bench.send(started.id, chunk, rows)));
    const distinct = new Set(chunks.flat().map((row) => row.website)).size;
    expect(await bench.companies()).toHaveLength(distinct);
    const [counted] =
      await bench.sql`select company_count from public.campaigns where id = ${bench.campaign}`;
    expect(counted).toEqual({ company_count: distinct });
    expect(await bench.finish(started.id, 24)).toMatchObject({
      created_rows: distinct,
      processed_rows: 2400,
      duplicate_rows: 2400 - distinct,
    });
  });

  test.each<[string, unknown[]]>([
    ["too many rows", Array.from({ length: 1001 }, () => ({ name: "A" }))],
    ["more than 4 MB", [{ name: "A", custom: { x: "y".repeat(4_000_001) } }]],
  ])("%s are refused whole", async (_, rows) => {
    const { import: started } = await bench.start("companies");
    await expect(bench.send(started.id, 0, rows)).rejects.toMatchObject({ hint: "bad_chunk" });
  });

  test("rows of the wrong shape are an error of the chunk and nothing is written", async () => {
    const { import: started } = await bench.start("companies");
    await expect(bench.send(started.id, 0, [{ row: "seven", name: "A" }])).rejects.toMatchObject({
      hint: "bad_chunk",
    });
    expect(await bench.companies()).toHaveLength(0);
    const odd = await bench.send(started.id, 0, [
      "text",
      5,
      null,
      { row: 4, name: { a: 1 }, tags: "x", custom: [] },
    ]);
    expect(odd.rejected.map((one) => one.row)).toEqual([1, 2, 3]);
  });
});

describe("what the client itself refused", () => {
  test.each([[5], [{ reason: "No number." }], [{ row: "seven", reason: "Bad." }]])(
    "is an error of the chunk if it has no row number: %j",
    async (...rejected) => {
      const { import: started } = await bench.start("companies");
      await expect(bench.send(started.id, 0, [{ row: 1, name: "A" }], rejected)).rejects.toMatchObject({
        hint: "bad_chunk",
      });
      expect(await bench.companies()).toHaveLength(0);
    },
  );
});

describe("a file that does not say what it is", () => {
  test.each([
    ["'companies'", "''", "1", "'h'", "'{}'"],
    ["'companies'", "'a.csv'", "-1", "'h'", "'{}'"],
    ["'companies'", "'a.csv'", "1", "null", "'{}'"],
    ["null", "'a.csv'", "1", "'h'", "'{}'"],
    ["'contacts'", "'a.csv'", "1", "'h'", "null"],
    ["'contacts'", "'a.csv'", "1", "'h'", "'[]'"],
    ["'contacts'", "'a.csv'", "1", "'h'", "'null'"],
    ["'contacts'", "'a.csv'", "1", "'h'", "'{}'", "-1"],
  ])("is refused: %s %s %s %s %s %s", async (...values) => {
    await expect(
      bench.current.as(bench.ann, (sql) =>
        sql.unsafe(`select public.start_import('${bench.campaign}', ${values.join(", ")})`),
      ),
    ).rejects.toMatchObject({ hint: "bad_import", code: "PT400" });
  });
});

describe("who may import", () => {
  test("not a viewer, and a stranger's import does not exist", async () => {
    const viewer = await bench.current.makePerson("viewer");
    await bench.current.addMember(bench.ann.workspaceId, viewer, "viewer");
    await expect(bench.start("companies", "h", viewer)).rejects.toMatchObject({ hint: "forbidden" });
    const bob = await bench.current.makePerson("bob");
    await expect(bench.start("companies", "h", bob)).rejects.toMatchObject({
      hint: "not_found",
      code: "PT404",
    });
    const { import: started } = await bench.start("companies");
    await bench.sql.begin(async (busy) => {
      await busy`select from public.campaigns where id = ${bench.campaign} for no key update`;
      // Waits for nobody, and so tells nothing of what is there.
      await expect(bench.start("companies", "h", bob)).rejects.toMatchObject({ hint: "not_found" });
    });
    await expect(bench.send(started.id, 0, [{ name: "A" }], [], bob)).rejects.toMatchObject({
      hint: "not_found",
    });
  });
});
