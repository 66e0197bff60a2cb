import { type ResearchJob, researchJob, researchJobs } from "@contracts";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { FIRST_PAGE, type ListPage, nextPlace, placeBefore } from "@/components/data-table/pages";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import type { KeptAttempt } from "./job-story";
import { type JobFilter, researchKeys } from "./queries";

const jobPageSize = 50;
/** Most pages of jobs that are kept: those furthest from the one read last are dropped, and read again when they are scrolled to. */
const maxJobPages = 20;

/** A job as lists know it. */
export type Job = Omit<ResearchJob, "id"> & { id: string };

const asJob = (job: ResearchJob): Job => ({ ...job, id: String(job.id) });

/** One page of a run's jobs, newest first: the first one, or the one at a cursor. */
export async function readJobPage(
  runId: string,
  filter: JobFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ListPage<Job>> {
  const page = await rpc(
    "list_jobs",
    { run_id: runId, filter, page_size: jobPageSize, ...(cursor !== null && { cursor }) },
    signal,
  );
  return { ...page, rows: page.rows.map(asJob) };
}

/** The jobs of a run, page by page. They are never read again as a whole: `followJobs` keeps them current. */
export function jobListOptions(runId: string, filter: JobFilter) {
  return infiniteQueryOptions({
    queryKey: researchKeys.jobs(runId, filter),
    queryFn: async ({ pageParam: place, signal }) => {
      const page = await readJobPage(runId, filter, place.cursor, signal);
      return { ...page, start: "end" in place ? place.end - page.rows.length : place.start };
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (_last, pages) => nextPlace(pages),
    getPreviousPageParam: (_first, pages) => placeBefore(pages),
    maxPages: maxJobPages,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // nobody follows it once it is out of sight
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** What is read of a job. */
const jobColumns =
  "id, campaign_id, company_id, contact_id, page, stage, status, attempt, batch_id, cached_at, polled_since, run_after, error_code, error_message, created_at, started_at, finished_at, company:companies(id, name, domain), contact:contacts(id, name, company:companies(id, name, domain))";

/** Jobs of a run by id, at most 100; those that are gone are missing. */
export function jobsByIdOptions(runId: string, ids: readonly string[]) {
  return queryOptions({
    queryKey: researchKeys.jobsById(runId, ids),
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Job[]> => {
      const found = unwrap(
        await getSupabase()
          .from("research_jobs")
          .select(jobColumns)
          .eq("run_id", runId)
          .in("id", ids.map(Number))
          .abortSignal(signal),
      );
      return researchJobs.parse(found).map(asJob);
    },
  });
}

/** A job with what happened to it. */
export interface JobStory {
  job: ResearchJob;
  /** Tries that did not bring a result at once, oldest first. */
  attempts: KeptAttempt[];
  /** Until when the answer to its request is awaited; null when it is not, or no longer known. */
  awaitedUntil: string | null;
}

/** One job of a run and all tries of it. */
export function jobStoryOptions(workspaceId: string, runId: string, jobId: number) {
  return queryOptions({
    queryKey: researchKeys.story(runId, jobId),
    staleTime: 0,
    queryFn: async ({ signal }): Promise<JobStory> => {
      const database = getSupabase();
      const [found, attempts] = await Promise.all([
        database
          .from("research_jobs")
          .select(jobColumns)
          .match({ workspace_id: workspaceId, run_id: runId, id: jobId })
          .abortSignal(signal)
          .single(),
        database
          .from("research_attempts")
          .select("attempt, batch_id, outcome, error_message, finished_at")
          .match({ workspace_id: workspaceId, job_id: jobId })
          .order("id")
          .abortSignal(signal),
      ]);
      const job = researchJob.parse(unwrap(found));
      return { job, attempts: unwrap(attempts), awaitedUntil: await awaitedUntil(job, signal) };
    },
  });
}

async function awaitedUntil({ status, batch_id }: ResearchJob, signal: AbortSignal): Promise<string | null> {
  if (status !== "waiting" || batch_id === null) return null;
  const batch = await getSupabase()
    .from("research_batches")
    .select("leased_until")
    .eq("id", batch_id)
    .abortSignal(signal)
    .maybeSingle();
  return unwrap(batch)?.leased_until ?? null;
}
