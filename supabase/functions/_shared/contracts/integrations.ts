/** Services outside that do research, and what goes to them and comes from them. */
import * as z from "zod/mini";
import { source } from "./sources.ts";

export const INTEGRATION_KINDS = ["n8n", "clay", "webhook"] as const;
export const integrationKind = z.enum(INTEGRATION_KINDS);

/** An integration as members of its workspace see it: never its secrets, only when each was last saved. */
export const integration = z.object({
  id: z.string(),
  workspace_id: z.string(),
  kind: integrationKind,
  name: z.string(),
  url: z.string(),
  /** The header that authorises us there; null for none. */
  auth_header: z.nullable(z.string()),
  /** Jobs in one request. */
  batch_size: z.int(),
  /** The most requests at once. */
  max_in_flight: z.int(),
  /** Null for no cap. */
  requests_per_second: z.nullable(z.number()),
  burst: z.int(),
  timeout_seconds: z.int(),
  deadline_seconds: z.int(),
  cost_per_job: z.number(),
  /** For how many days a result is used again instead of asking for it; 0 for never. */
  cache_days: z.int(),
  signing_secret_at: z.nullable(z.string()),
  header_secret_at: z.nullable(z.string()),
  created_at: z.string(),
  deleted_at: z.nullable(z.string()),
});
export const integrations = z.array(integration);

/** How a campaign was researched last. */
export const researchPlan = z.object({
  stages: z.array(z.string()),
  providers: z.record(z.string(), z.nullable(z.string())),
  spend_cap: z.nullable(z.number()),
  /** What `discover` read, this time or before. */
  source: z.nullish(source),
});

/** What a start of research may say besides stages and filter. */
export const researchOptions = z.strictObject({
  /** Also those already researched. */
  again: z.optional(z.boolean()),
  /** Use no results from before. */
  afresh: z.optional(z.boolean()),
  /** Who does a stage: an integration's id, null (or nothing) for the built-in web researcher. */
  providers: z.optional(z.record(z.string(), z.nullable(z.guid()))),
  /** Among the runs of one integration, the highest is served first. */
  priority: z.optional(z.int().check(z.gte(-10), z.lte(10))),
  /** Jobs that would cost more in all are not sent; null for no cap. */
  spend_cap: z.optional(z.nullable(z.number().check(z.gte(0)))),
  /** Where `discover` finds companies; it takes one. */
  source: z.optional(source),
});

export type IntegrationKind = z.infer<typeof integrationKind>;
export type Integration = z.infer<typeof integration>;
export type ResearchPlan = z.infer<typeof researchPlan>;
export type ResearchOptions = z.infer<typeof researchOptions>;
