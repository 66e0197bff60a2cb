import {
  type CompanyFilter,
  type JobStatus,
  type ResearchRun,
  type ResearchStage,
  researchRuns,
} from "@contracts";
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
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
  run: (runId: string) => [...researchKeys.all, "run", runId] as const,
  progress: (runId: string) => [...researchKeys.run(runId), "progress"] as const,
  /** Every cached list of a run's jobs. */
  allJobs: (runId: string) => [...researchKeys.run(runId), "jobs"] as const,
  jobs: (runId: string, filter: JobFilter) => [...researchKeys.allJobs(runId), filter] as const,
};

const runColumns = "id, campaign_id, status, stages, created_at, finished_at";
/** Realtime keeps these answers current only while somebody listens; whoever comes later asks anew. */
const staleTime = 0;
const runPageSize = 20;
const jobPageSize = 50;

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

/** The jobs of a run, newest first, page by page. */
export function jobListOptions(runId: string, filter: JobFilter) {
  return infiniteQueryOptions({
    queryKey: researchKeys.jobs(runId, filter),
    staleTime,
    initialPageParam: null as string | null, // inference would make it `null` for every page
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: cursor, signal }) =>
      rpc(
        "list_jobs",
        { run_id: runId, filter, page_size: jobPageSize, ...(cursor !== null && { cursor }) },
        signal,
      ),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Whether research can run at all. */
export function engineOptions() {
  return queryOptions({
    queryKey: researchKeys.engine(),
    queryFn: ({ signal }) => rpc("engine_status", {}, signal),
  });
}

/** What a new run covers. */
export type NewRun = {
  campaignId: string;
  stages: ResearchStage[];
  filter: CompanyFilter;
  /** Also companies that are researched already. */
  again: boolean;
};

/** Starts research; resolves to the progress of the new run. */
export function useStartResearch() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ campaignId, stages, filter, again }: NewRun) =>
      rpc("start_research", { campaign_id: campaignId, stages, filter, options: again ? { again } : {} }),
    onSuccess: (started, { campaignId }) => {
      queryClient.setQueryData(researchKeys.progress(started.run.id), started);
      queryClient.setQueryData(researchKeys.activeRun(campaignId), started.run);
      return queryClient.invalidateQueries({ queryKey: researchKeys.runs(campaignId) });
    },
  });
}

const RUN_ACTIONS = {
  pause: "pause_research",
  resume: "resume_research",
  cancel: "cancel_research",
  retry: "retry_failed_jobs",
} as const;

/** What a user can do with a run. */
export type RunAction = keyof typeof RUN_ACTIONS;

/** Pauses, resumes, cancels or retries the failed jobs of a run. */
export function useRunAction(runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: RunAction) => rpc(RUN_ACTIONS[action], { run_id: runId }),
    onSuccess: (next) => {
      queryClient.setQueryData(researchKeys.progress(runId), next);
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: researchKeys.campaign(next.run.campaign_id) }),
        queryClient.invalidateQueries({ queryKey: researchKeys.allJobs(runId) }),
      ]);
    },
  });
}
