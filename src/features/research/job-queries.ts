import { type ResearchJob, researchJob } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";
import type { KeptAttempt } from "./job-story";
import { jobColumns, researchKeys } from "./queries";

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
          .select("id, attempt, batch_id, outcome, error_message, finished_at")
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
