import {
  type JobStatus,
  type ResearchJob,
  type ResearchRun,
  type ResearchStage,
  researchJobs,
  researchRuns,
} from "@contracts";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { FIRST_PAGE, type ListPage, nextPlace, placeBefore } from "@/components/data-table/pages";
import { unwrap } from "@/lib/errors";
import { cutAfter, type NewestPage, newestFirst, newestPage } from "@/lib/newest-first";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";

export const researchKeys = {
  all: ["research"] as const,
  engine: () => [...researchKeys.all, "engine"] as const,
  /** Every cached answer about a campaign's runs, for when one starts or ends. */
  campaign: (campaignId: string) => [...researchKeys.all, "campaign", campaignId] as const,
  runs: (campaignId: string) => [...researchKeys.campaign(campaignId), "runs"] as const,
  activeRun: (campaignId: string) => [...researchKeys.campaign(campaignId), "active"] as const,
  plan: (campaignId: string) => [...researchKeys.all, "plan", campaignId] as const,
  run: (runId: string) => [...researchKeys.all, "run", runId] as const,
  progress: (runId: string) => [...researchKeys.run(runId), "progress"] as const,
  jobs: (runId: string, filter: JobFilter) => [...researchKeys.run(runId), "jobs", filter] as const,
  story: (runId: string, jobId: number) => [...researchKeys.run(runId), "story", jobId] as const,
  jobsById: (runId: string, ids: readonly string[]) =>
    [...researchKeys.run(runId), "jobs by id", ids] as const,
};

const runColumns = "id, campaign_id, status, stages, spend_cap, created_at, finished_at";
/** Realtime keeps these answers current only while somebody listens; whoever comes later asks anew. */
const staleTime = 0;
const runPageSize = 20;
const jobPageSize = 50;
/** Most pages of jobs that are kept: those furthest from the one read last are dropped, and read again when they are scrolled to. */
const maxJobPages = 20;

type RunPage = NewestPage<ResearchRun>;

/** What `list_jobs` narrows by; an absent key does not narrow. */
export type JobFilter = { status?: JobStatus[]; stage?: ResearchStage[] };

/** The runs of a campaign, newest first, in keyset pages. */
export function runListOptions(campaignId: string) {
  return infiniteQueryOptions({
    queryKey: researchKeys.runs(campaignId),
    staleTime,
    initialPageParam: null as RunPage["next"], // inference would make it `null` for every page
    queryFn: async ({ pageParam, signal }): Promise<RunPage> => {
      const all = getSupabase().from("research_runs").select(runColumns).eq("campaign_id", campaignId);
      const query = cutAfter(newestFirst(all), pageParam, runPageSize);
      return newestPage(researchRuns.parse(unwrap(await query.abortSignal(signal))), runPageSize);
    },
    getNextPageParam: (page) => page.next,
  });
}

/** The run that is running or paused in a campaign, of which there is at most one; null when there is none. */
export function activeRunOptions(campaignId: string) {
  return queryOptions({
    queryKey: researchKeys.activeRun(campaignId),
    staleTime,
    queryFn: async ({ signal }): Promise<ResearchRun | null> => {
      const found = unwrap(
        await getSupabase()
          .from("research_runs")
          .select(runColumns)
          .eq("campaign_id", campaignId)
          .in("status", ["running", "paused"])
          .limit(1)
          .abortSignal(signal),
      );
      return researchRuns.parse(found)[0] ?? null;
    },
  });
}

/** How a run is doing. Throws a not-found `RequestError` for one that does not exist or is not the user's. */
export function progressOptions(runId: string) {
  return queryOptions({
    queryKey: researchKeys.progress(runId),
    staleTime,
    queryFn: ({ signal }) => rpc("research_progress", { run_id: runId }, signal),
  });
}

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
export const jobColumns =
  "id, campaign_id, company_id, stage, status, attempt, batch_id, run_after, error_code, error_message, created_at, started_at, finished_at, company:companies(id, name, domain)";

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

/** Whether research can run at all. */
export function engineOptions() {
  return queryOptions({
    queryKey: researchKeys.engine(),
    queryFn: ({ signal }) => rpc("engine_status", {}, signal),
  });
}
