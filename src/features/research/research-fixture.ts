import type { Integration, Progress, ResearchRun } from "@contracts";

export const campaign = {
  id: "c",
  workspace_id: "w",
  name: "Robots",
  description: null,
  state: "active" as const,
  company_count: 20,
  contact_count: 0,
  researched_count: 0,
  failed_count: 0,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

export const run: ResearchRun = {
  id: "r",
  campaign_id: "c",
  status: "running",
  stages: ["company", "contacts"],
  spend_cap: null,
  afresh: false,
  jobs_from_cache: 0,
  created_at: "2026-01-02T00:00:00Z",
  finished_at: null,
};

/** How a run of 20 companies is doing that has just begun. */
export const progress: Progress = {
  run,
  stages: [],
  providers: {},
  spent: 0,
  source: null,
  companies_total: 20,
  companies_fed: 0,
  contacts_total: 0,
  rate_per_minute: 0,
  rates: [],
  eta_seconds: null,
  failures: [],
  engine: { ready: true, reason: null },
};

export const clay: Integration = {
  id: "clay",
  workspace_id: "w",
  kind: "clay",
  name: "Clay",
  url: "https://api.clay.com",
  auth_header: "x-clay-webhook-auth",
  batch_size: 1,
  max_in_flight: 20,
  requests_per_second: 10,
  burst: 20,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: 0.5,
  cache_days: 30,
  signing_secret_at: null,
  header_secret_at: null,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
};
