import {
  type CompanyFilter,
  type ContactFilter,
  type Progress,
  type ResearchPlan,
  type ResearchStage,
  type RowList,
  researchPlan,
  type Source,
} from "@contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { unwrap } from "@/lib/errors";
import { newestFirst } from "@/lib/newest-first";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { withoutSource } from "./plan";
import { researchKeys } from "./queries";

/** The choice of the workspace's newest run, for a campaign that has none of its own: without what is only of its campaign, the source. */
async function latestPlan(workspaceId: string, signal: AbortSignal): Promise<ResearchPlan | null> {
  const runs = getSupabase()
    .from("research_runs")
    .select("campaigns(research_plan)")
    .eq("workspace_id", workspaceId);
  const [newest] = unwrap(await newestFirst(runs).limit(1).abortSignal(signal));
  const plan = newest?.campaigns.research_plan ?? null;
  return plan === null ? null : withoutSource(researchPlan.parse(plan));
}

/** How a campaign was researched last, else the newest run of its workspace, as its next start offers it; null when there was none. */
export function researchPlanOptions(campaignId: string) {
  return queryOptions({
    queryKey: researchKeys.plan(campaignId),
    staleTime: 0, // others may have started research meanwhile
    queryFn: async ({ signal }): Promise<ResearchPlan | null> => {
      const { research_plan: plan, workspace_id: workspaceId } = unwrap(
        await getSupabase()
          .from("campaigns")
          .select("research_plan, workspace_id")
          .eq("id", campaignId)
          .abortSignal(signal)
          .single(),
      );
      return plan === null ? latestPlan(workspaceId, signal) : researchPlan.parse(plan);
    },
  });
}

/** What a new run covers. */
export type NewRun = {
  campaignId: string;
  stages: ResearchStage[];
  /** Of which rows, and which of them. */
  list: RowList;
  filter: CompanyFilter | ContactFilter;
  /** Also those that are researched already. */
  again: boolean;
  /** stage -> the integration that does it; the web researcher does the others. */
  providers: Record<string, string>;
  /** Jobs that would cost more in all are not sent; null for no cap. */
  spendCap: number | null;
  /** Uses no results from before. */
  afresh: boolean;
  /** Where the stage `discover` finds companies. */
  source: Source | null;
};

/** What is told of a start, also when the caller is no longer on screen: the progress of the new run, or why there is none. */
interface StartCallbacks {
  onStarted: (progress: Progress) => void;
  onFailed: (error: Error) => void;
}

/** Starts research. */
export function useStartResearch({ onStarted, onFailed }: StartCallbacks) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ campaignId, stages, list, filter, again, providers, spendCap, afresh, source }: NewRun) =>
      rpc("start_research", {
        campaign_id: campaignId,
        stages,
        list,
        filter,
        options: {
          providers,
          ...(spendCap !== null && { spend_cap: spendCap }),
          ...(again && { again }),
          ...(afresh && { afresh }),
          ...(source !== null && { source }),
        },
      }),
    onSuccess: (started, { campaignId }) => {
      onStarted(started);
      queryClient.setQueryData(researchKeys.progress(started.run.id), started);
      queryClient.setQueryData(researchKeys.activeRun(campaignId), started.run);
      return queryClient.invalidateQueries({ queryKey: researchKeys.runs(campaignId) });
    },
    onError: onFailed,
  });
}

const RUN_ACTIONS = {
  pause: "pause_research",
  resume: "resume_research",
  cancel: "cancel_research",
} as const;

/** What a user can do with a run. */
export type RunAction = keyof typeof RUN_ACTIONS;

/** Pauses, resumes or cancels a run. */
export function useRunAction(runId: string) {
  const onSuccess = useShowProgress(runId);
  return useMutation({
    mutationFn: (action: RunAction) => rpc(RUN_ACTIONS[action], { run_id: runId }),
    onSuccess,
  });
}

/** Retries the failed jobs of a run, or those that have one error code; says when that will be where the run is paused. */
export function useRetryFailed(runId: string) {
  const showProgress = useShowProgress(runId);
  const { mutateAsync: act } = useRunAction(runId);
  return useMutation({
    mutationFn: (errorCode: string | null) =>
      rpc("retry_failed_jobs", { run_id: runId, ...(errorCode !== null && { error_code: errorCode }) }),
    onSuccess: (next) => {
      if (next.run.status === "paused")
        toastSuccess({
          title: "Queued again",
          description: "They are tried again when you resume.",
          action: { label: "Resume", onClick: () => void act("resume").catch(toastError) },
        });
      return showProgress(next);
    },
  });
}

/** Changes what a run may spend; null for no cap. */
export function useSpendCap(runId: string) {
  const onSuccess = useShowProgress(runId);
  return useMutation({
    mutationFn: (cap: number | null) => rpc("set_spend_cap", { run_id: runId, spend_cap: cap }),
    onSuccess,
  });
}

/** Shows the progress that a function of a run has answered with. */
export function useShowProgress(runId: string) {
  const queryClient = useQueryClient();
  return (next: Progress) => {
    queryClient.setQueryData(researchKeys.progress(runId), next);
    return queryClient.invalidateQueries({ queryKey: researchKeys.campaign(next.run.campaign_id) });
  };
}
