import * as z from "zod/mini";
import { source } from "./sources.ts";

const count = z.int().check(z.gte(0));

/** The stages a run may have, in the order in which one leads to another. */
export const RESEARCH_STAGES = ["discover", "company", "financials", "contacts", "enrich", "sync"] as const;
/** Those that take an integration; the others the built-in web researcher can do as well. */
export const INTEGRATION_STAGES = ["financials", "enrich", "sync"] as const;
/** For how many days results of the web researcher are used again. */
export const WEB_CACHE_DAYS = 7;
/** Those about a company; the first is about a page of a source. */
export const COMPANY_STAGES = ["company", "financials", "contacts"] as const;
/** Those about a contact. */
export const CONTACT_STAGES = ["enrich", "sync"] as const;
export const JOB_STATUSES = ["queued", "processing", "waiting", "completed", "failed", "cancelled"] as const;

export const researchStage = z.enum(RESEARCH_STAGES);
export const companyStage = z.enum(COMPANY_STAGES);
export const jobStatus = z.enum(JOB_STATUSES);

export const researchRun = z.object({
  id: z.string(),
  campaign_id: z.string(),
  status: z.enum(["running", "paused", "completed", "cancelled"]),
  stages: z.array(researchStage),
  /** Jobs that would cost more in all are not sent; null for no cap. */
  spend_cap: z.nullable(z.number()),
  /** Results from before it are not used. */
  afresh: z.boolean(),
  /** Jobs done with results that were known: at once, and for nothing. */
  jobs_from_cache: count,
  created_at: z.string(),
  finished_at: z.nullable(z.string()),
});

export const researchRuns = z.array(researchRun);

/** How many jobs of a run are in a status; one part of that number, which may be below zero: it is the sum of all. */
export const runCounter = z.object({ status: jobStatus, jobs: z.int() });

/** Runs with the counters of their jobs. */
export const countedRuns = z.array(z.extend(researchRun, { research_run_counters: z.array(runCounter) }));

/** How many jobs of one stage are in each status. */
export const stageProgress = z.object({
  stage: researchStage,
  queued: count,
  processing: count,
  waiting: count,
  completed: count,
  failed: count,
  cancelled: count,
});

/** Whether the research engine can work, and if not, why (for the user). */
export const engineStatus = z.object({ ready: z.boolean(), reason: z.nullable(z.string()) });

/** One reason for failed jobs of a run, and how many failed for it. */
export const failureGroup = z.object({
  error_code: z.nullable(z.string()),
  error_message: z.nullable(z.string()),
  count,
});

/** What `research_progress` and the functions that change a run answer. */
export const progress = z.object({
  /** When it was that, by the clock of the server. */
  at: z.string(),
  run: researchRun,
  stages: z.array(stageProgress),
  /** Who does each stage: an integration's id, null for the built-in web researcher. */
  providers: z.record(z.string(), z.nullable(z.string())),
  /** What the jobs of integrations have cost so far. */
  spent: z.number(),
  /** Where its companies come from; null if they are the campaign's. */
  source: z.nullable(source),
  companies_total: count,
  companies_fed: count,
  /** Those that are enriched, or handed on. */
  contacts_total: count,
  /** Jobs finished in the last minute. */
  rate_per_minute: z.number().check(z.gte(0)),
  /** Of the last ten minutes, for ten seconds each; those without any are left out. */
  rates: z.array(z.object({ at: z.string(), completed: count, failed: count })),
  eta_seconds: z.nullable(z.number()),
  failures: z.array(failureGroup),
  engine: engineStatus,
});

/** The most jobs that `rerun_jobs` takes at a time. */
export const RERUN_LIMIT = 1_000;

/** What `rerun_jobs` answers; `requeued`: how many of the jobs are researched again. */
export const rerun = z.extend(progress, { requeued: count });

const jobCompany = z.object({ id: z.string(), name: z.string(), domain: z.nullable(z.string()) });

/** One page of a source, company or contact at one stage of a run. `error_message` is for the user. */
export const researchJob = z.object({
  id: z.number(),
  campaign_id: z.string(),
  company_id: z.nullable(z.string()),
  contact_id: z.nullable(z.string()),
  /** From 1. */
  page: z.nullable(count),
  stage: researchStage,
  status: jobStatus,
  attempt: count,
  /** The request it is in, or was last. */
  batch_id: z.nullable(z.string()),
  /** When its result was asked for by another job; null: it was asked for this one. */
  cached_at: z.nullable(z.string()),
  /** Since when the integration has been at work on it and wants to be asked again; null: it did not say so. */
  polled_since: z.nullable(z.string()),
  run_after: z.string(),
  error_code: z.nullable(z.string()),
  error_message: z.nullable(z.string()),
  created_at: z.string(),
  started_at: z.nullable(z.string()),
  finished_at: z.nullable(z.string()),
  company: z.nullable(jobCompany),
  contact: z.nullable(z.object({ id: z.string(), name: z.string(), company: z.nullable(jobCompany) })),
});
export const researchJobs = z.array(researchJob);

export type CompanyStage = z.infer<typeof companyStage>;
export type ContactStage = (typeof CONTACT_STAGES)[number];
export type ResearchStage = z.infer<typeof researchStage>;
export type JobStatus = z.infer<typeof jobStatus>;
export type ResearchJob = z.infer<typeof researchJob>;
export type ResearchRun = z.infer<typeof researchRun>;
export type RunCounter = z.infer<typeof runCounter>;
export type StageProgress = z.infer<typeof stageProgress>;
export type EngineStatus = z.infer<typeof engineStatus>;
export type FailureGroup = z.infer<typeof failureGroup>;
export type Progress = z.infer<typeof progress>;
export type Rerun = z.infer<typeof rerun>;
