import { countedRuns, type JobStatus, type ResearchRun, type ResearchStage, researchRuns } from "@contracts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { cutAfter, type NewestPage, newestFirst, newestPage } from "@/lib/newest-first";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import type { NewestRun } from "./scope-words";
import { type EndedJobs, endedJobs } from "./totals";

export const researchKeys = {
  all: ["research"] as const,
  engine: () => [...researchKeys.all, "engine"] as const,
  /** Every cached answer about a campaign's runs, for when one starts or ends. */
  campaign: (campaignId: string) => [...researchKeys.all, "campaign", campaignId] as const,
  runs: (campaignId: string) => [...researchKeys.campaign(campaignId), "runs"] as const,
  newestRun: (campaignId: string) => [...researchKeys.runs(campaignId), "newest"] as const,
  activeRun: (campaignId: string) => [...researchKeys.campaign(campaignId), "active"] as const,
  plan: (campaignId: string) => [...researchKeys.all, "plan", campaignId] as const,
  run: (runId: string) => [...researchKeys.all, "run", runId] as const,
  progress: (runId: string) => [...researchKeys.run(runId), "progress"] as const,
  /** Read again with the progress. */
  holds: (runId: string) => [...researchKeys.progress(runId), "holds"] as const,
  jobs: (runId: string, filter: JobFilter) => [...researchKeys.run(runId), "jobs", filter] as const,
  story: (runId: string, jobId: number) => [...researchKeys.run(runId), "story", jobId] as const,
  jobsById: (runId: string, ids: readonly string[]) =>
    [...researchKeys.run(runId), "jobs by id", ids] as const,
};

const runColumns =
  "id, campaign_id, status, stages, spend_cap, afresh, jobs_from_cache, created_at, finished_at";
/** Realtime keeps these answers current only while somebody listens; whoever comes later asks anew. */
const staleTime = 0;
const runPageSize = 20;

/** A run in the list of them. */
export type ListedRun = ResearchRun & { ended: EndedJobs };
type RunPage = NewestPage<ListedRun>;

/** What `list_jobs` narrows by; an absent key does not narrow. */
export type JobFilter = { q?: string; status?: JobStatus[]; stage?: ResearchStage[]; error_code?: string };

/** The runs of a campaign, newest first, in keyset pages. */
export function runListOptions(campaignId: string) {
  return infiniteQueryOptions({
    queryKey: researchKeys.runs(campaignId),
    staleTime,
    initialPageParam: null as RunPage["next"], // inference would make it `null` for every page
    queryFn: async ({ pageParam, signal }): Promise<RunPage> => {
      const all = getSupabase()
        .from("research_runs")
        .select(`${runColumns}, research_run_counters(status, jobs)`)
        .eq("campaign_id", campaignId)
        .in("research_run_counters.status", ["completed", "failed", "cancelled"]);
      const query = cutAfter(newestFirst(all), pageParam, runPageSize);
      const found = countedRuns.parse(unwrap(await query.abortSignal(signal)));
      const runs = found.map(({ research_run_counters: counters, ...run }) => ({
        ...run,
        ended: endedJobs(counters),
      }));
      return newestPage(runs, runPageSize);
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

/** What the newest run of a campaign covered; null when there is none. */
export function newestRunOptions(campaignId: string) {
  return queryOptions({
    queryKey: researchKeys.newestRun(campaignId),
    staleTime,
    queryFn: async ({ signal }): Promise<NewestRun | null> => {
      const runs = getSupabase()
        .from("research_runs")
        .select("status, stages, companies_total")
        .eq("campaign_id", campaignId);
      return unwrap(await newestFirst(runs).limit(1).abortSignal(signal))[0] ?? null;
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

/**
 * Until when nothing is sent to integrations of a workspace, by id, in milliseconds since 1970 on the server's clock: those that asked
 * for a pause, or failed several times in a row. Times that are over may be among them.
 */
export function holdsOptions(workspaceId: string, runId: string) {
  return queryOptions({
    queryKey: researchKeys.holds(runId),
    staleTime,
    queryFn: async ({ signal }): Promise<Record<string, number>> => {
      const lanes = unwrap(
        await getSupabase()
          .from("lanes")
          .select("integration_id, held_until")
          .eq("workspace_id", workspaceId)
          .abortSignal(signal),
      );
      const holds = lanes.flatMap(({ integration_id, held_until }) => {
        const until = Date.parse(held_until);
        // The web researcher is not held; what never was, was so until -infinity, which is no date.
        return integration_id === null || Number.isNaN(until) ? [] : [[integration_id, until] as const];
      });
      return Object.fromEntries(holds);
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
