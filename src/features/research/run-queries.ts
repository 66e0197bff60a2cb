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
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { researchKeys } from "./queries";

/** How a campaign was researched last, as its next start offers it; null when it never was. */
export function researchPlanOptions(campaignId: string) {
  return queryOptions({
    queryKey: researchKeys.plan(campaignId),
    staleTime: 0, // others may have started research meanwhile
    queryFn: async ({ signal }): Promise<ResearchPlan | null> => {
      const { research_plan: plan } = unwrap(
        await getSupabase()
          .from("campaigns")
          .select("research_plan")
          .eq("id", campaignId)
          .abortSignal(signal)
          .single(),
      );
      return plan === null ? null : researchPlan.parse(plan);
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
  retry: "retry_failed_jobs",
} as const;

/** What a user can do with a run. */
export type RunAction = keyof typeof RUN_ACTIONS;

/** Pauses, resumes, cancels or retries the failed jobs of a run. */
export function useRunAction(runId: string) {
  const onSuccess = useShowProgress(runId);
  return useMutation({
    mutationFn: (action: RunAction) => rpc(RUN_ACTIONS[action], { run_id: runId }),
    onSuccess,
  });
}

/** Retries the failed jobs of a run that have one error code. */
export function useRetryReason(runId: string) {
  const onSuccess = useShowProgress(runId);
  return useMutation({
    mutationFn: (errorCode: string) => rpc("retry_failed_jobs", { run_id: runId, error_code: errorCode }),
    onSuccess,
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
