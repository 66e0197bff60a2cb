import { z } from "zod";

const count = z.int().min(0);

export const researchRun = z.object({
  id: z.string(),
  campaign_id: z.string(),
  status: z.enum(["running", "paused", "completed", "cancelled"]),
  stages: z.array(z.string()),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});

/** How many jobs of one stage are in each status. */
export const stageProgress = z.object({
  stage: z.string(),
  queued: count,
  processing: count,
  waiting: count,
  completed: count,
  failed: count,
  cancelled: count,
});

/** Whether the research engine can work, and if not, why (for the user). */
export const engineStatus = z.object({ ready: z.boolean(), reason: z.string().nullable() });

/** One reason for failed jobs of a run, and how many failed for it. */
export const failureGroup = z.object({
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  count,
});

/** What `research_progress` and the functions that change a run answer. */
export const progress = z.object({
  run: researchRun,
  stages: z.array(stageProgress),
  companies_total: count,
  companies_fed: count,
  /** Jobs finished in the last minute. */
  rate_per_minute: z.number().min(0),
  eta_seconds: z.number().nullable(),
  failures: z.array(failureGroup),
  engine: engineStatus,
});

export type ResearchRun = z.infer<typeof researchRun>;
export type StageProgress = z.infer<typeof stageProgress>;
export type EngineStatus = z.infer<typeof engineStatus>;
export type FailureGroup = z.infer<typeof failureGroup>;
export type Progress = z.infer<typeof progress>;
