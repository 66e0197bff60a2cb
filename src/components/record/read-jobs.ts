import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";

/** Most jobs that a record's panel shows. */
const JOBS_LIMIT = 20;

/** A record whose jobs are asked for. */
type Subject = { campaign_id: string } & ({ company_id: string } | { contact_id: string });

/** A research job as a record's panel shows it. */
export type RecordJob = Awaited<ReturnType<typeof readJobs>>[number];

/** The research jobs of a company or a contact, newest first, at most JOBS_LIMIT. */
export async function readJobs(subject: Subject, signal: AbortSignal) {
  return unwrap(
    await getSupabase()
      .from("research_jobs")
      .select("id, stage, status, attempt, error_message, created_at, finished_at")
      .match(subject)
      .order("id", { ascending: false })
      .limit(JOBS_LIMIT)
      .abortSignal(signal),
  );
}
