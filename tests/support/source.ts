import type { Batch, researchBench } from "./research.ts";

/** A company as a page of a source names it. */
export interface Listed {
  name?: string;
  domain?: string;
  website?: string;
}

/** What a page of the source answers; the next page's address where pages are not numbered. */
export interface PageResult {
  companies: Listed[];
  has_more: boolean;
  next_url?: string;
}

export const NUMBERED = { url: "https://fair.example/?page={page}", format: "json", name: "name" };
export const CHAINED = { url: "https://fair.example/", format: "json", name: "name", next: "next" };

/** The result of a page of a source with these pages of companies; pages after them are empty. */
export function pageResult(pages: readonly Listed[][], page: number, isNumbered = true): PageResult {
  const companies = pages[page - 1] ?? [];
  const next = page < pages.length && !isNumbered && { next_url: `${CHAINED.url}?after=${page}` };
  return { companies, has_more: companies.length > 0, ...next };
}

type Bench = ReturnType<typeof researchBench>;

/** Answers batches: pages from the source, of whatever else as `result` says. */
export async function answerAll(
  bench: Bench,
  batches: readonly Batch[],
  pages: readonly Listed[][],
  { isNumbered = true, result = {} }: { isNumbered?: boolean; result?: object } = {},
) {
  const outcomes = batches.flatMap(({ id, jobs }) =>
    jobs.map((job) => ({
      job_id: job.id,
      batch_id: id,
      kind: "done",
      result: job.page === undefined ? result : pageResult(pages, job.page, isNumbered),
    })),
  );
  const [row] = await bench.sql`
    select private.complete_jobs(${JSON.stringify(outcomes)}::text::jsonb, ${batches.map(({ id }) => id)}::uuid[]) as counts`;
  return row?.counts;
}
