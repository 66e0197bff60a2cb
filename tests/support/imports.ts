import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { beforeEach } from "vitest";
import { type Person, type Sql, type TestDatabase, testDatabase } from "./database.ts";

interface ChunkResult {
  created: number;
  updated: number;
  duplicates: number;
  rejected: { row: number; reason: string }[];
  already: boolean;
}

interface Started {
  import: { id: string; status: string };
  chunks_done: number[];
}

/** A database for the tests of one file; before each test a new person with a new campaign. */
export function importBench() {
  const database = testDatabase();
  const bench = {
    ann: { id: "", workspaceId: "", email: "" } satisfies Person as Person,
    campaign: "",

    get current(): TestDatabase {
      return database.current;
    },

    get sql(): Sql {
      return database.current.sql;
    },

    start(kind: "companies" | "contacts", hash: string = randomUUID(), person?: Person): Promise<Started> {
      return bench.current.as(person ?? bench.ann, async (sql) => {
        const [row] =
          await sql`select public.start_import(${bench.campaign}, ${kind}, 'list.csv', 100, ${hash}, '{}') as started`;
        return row?.started;
      });
    },

    send(
      importId: string,
      chunk: number,
      rows: unknown[],
      rejected: unknown[] = [],
      person?: Person,
    ): Promise<ChunkResult> {
      return bench.current.as(person ?? bench.ann, async (sql) => {
        const [row] = await sql`select public.import_rows(${importId}, ${chunk},
          ${JSON.stringify(rows)}::text::jsonb, ${JSON.stringify(rejected)}::text::jsonb) as result`;
        return row?.result;
      });
    },

    /** The chunks of a file, one after the other; what became of the last. */
    async importAll(kind: "companies" | "contacts", ...chunks: object[][]): Promise<ChunkResult | undefined> {
      const { import: started } = await bench.start(kind);
      let last: ChunkResult | undefined;
      for (const [index, rows] of chunks.entries()) {
        const numbered = rows.map((row, at) => ({ row: index * 1000 + at + 1, ...row }));
        last = await bench.send(started.id, index, numbered);
      }
      return last;
    },

    finish(importId: string, chunks: number): Promise<Record<string, unknown>> {
      return bench.current.as(bench.ann, async (sql) => {
        const [row] = await sql`select public.finish_import(${importId}, ${chunks}) as import`;
        return row?.import;
      });
    },

    companies: (): Promise<postgres.Row[]> =>
      bench.sql`select * from public.companies where campaign_id = ${bench.campaign} order by created_at`,

    contacts: (): Promise<postgres.Row[]> =>
      bench.sql`select c.*, o.domain as company_domain, o.name as company_name from public.contacts c
        join public.companies o on o.id = c.company_id where c.campaign_id = ${bench.campaign} order by c.created_at`,
  };
  beforeEach(async () => {
    bench.ann = await bench.current.makePerson("ann");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
  });
  return bench;
}
