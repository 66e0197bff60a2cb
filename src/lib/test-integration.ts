import type { Integration } from "@contracts";

/** An integration as somebody has set it up, without its signing secret. */
export const clay: Integration = {
  id: "i",
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
  header_secret_at: "2026-11-19T12:00:00Z",
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
};
