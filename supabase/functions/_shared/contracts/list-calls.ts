/** Arguments and results of the functions that read lists: list_companies, list_contacts, list_campaigns, list_jobs, list_total, list_place. */
import * as z from "zod/mini";
import {
  CAMPAIGN_SORTS,
  CAMPAIGN_STATES,
  COMPANY_SORTS,
  CONTACT_SORTS,
  campaignFilter,
  companyFilter,
  companyRow,
  contactFilter,
  contactRow,
} from "./lists.ts";
import { jobStatus, researchJob, researchStage } from "./progress.ts";

const cursor = z.optional(z.nullable(z.string()));
const pageSize = z.optional(z.int().check(z.gte(1), z.lte(200)));
const direction = z.optional(z.enum(["asc", "desc"]));

/** A list is of one campaign or of one workspace: exactly one of them is given. */
const scope = { campaign_id: z.optional(z.guid()), workspace_id: z.optional(z.guid()) };

const rowList = { ...scope, direction, cursor, page_size: pageSize };
/**
 * `false`: the first page does not wait for its total. It is null then where counting takes longer than finding the page;
 * `list_total` tells it.
 */
const withTotal = z.optional(z.boolean());

const JOB_SORTS = ["id"] as const;

/** With `q` a list is sorted by relevance unless it says otherwise, else by `created_at`. */
export const listCompaniesArguments = z.object({
  ...rowList,
  filter: z.optional(companyFilter),
  sort: z.optional(z.enum([...COMPANY_SORTS, "relevance"])),
  with_total: withTotal,
});

export const listContactsArguments = z.object({
  ...rowList,
  filter: z.optional(contactFilter),
  sort: z.optional(z.enum([...CONTACT_SORTS, "relevance"])),
  with_total: withTotal,
});

export const listCampaignsArguments = z.object({
  workspace_id: z.guid(),
  filter: z.optional(campaignFilter),
  sort: z.optional(z.enum(CAMPAIGN_SORTS)),
  direction,
  cursor,
  page_size: pageSize,
});

export const listJobsArguments = z.object({
  run_id: z.guid(),
  filter: z.optional(
    z.object({
      /** Words of the company or contact. */
      q: z.optional(z.string()),
      status: z.optional(z.array(jobStatus)),
      stage: z.optional(z.array(researchStage)),
      /** Why it failed, now or the last time. */
      error_code: z.optional(z.string()),
      company_id: z.optional(z.guid()),
    }),
  ),
  sort: z.optional(z.enum(JOB_SORTS)),
  direction,
  cursor,
  page_size: pageSize,
});

const listed = z.enum(["companies", "contacts"]);
const anyFilter = z.union([companyFilter, contactFilter]);

export const listTotalArguments = z.object({ ...scope, list: listed, filter: z.optional(anyFilter) });

/** `row` counts from 0. Not by relevance. */
export const listPlaceArguments = z.object({
  ...scope,
  list: listed,
  row: z.int().check(z.gte(0), z.lte(100_000_000)),
  filter: z.optional(anyFilter),
  sort: z.optional(z.enum([...COMPANY_SORTS, ...CONTACT_SORTS])),
  direction,
});

/**
 * One keyset page. A cursor is opaque and fits only the list, scope, filter, sort and direction it came from. `prev_cursor` leads
 * to the page before, in the same order; lists by relevance have none. `total` and `total_is_capped` come with the first page only.
 */
const page = <Row extends z.core.$ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next_cursor: z.nullable(z.string()),
    prev_cursor: z.nullish(z.string()),
    total: z.nullish(z.int()),
    total_is_capped: z.nullish(z.boolean()),
  });

/** A campaign as its list shows it, with its counters. */
export const campaignRow = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  name: z.string(),
  description: z.nullable(z.string()),
  state: z.enum(CAMPAIGN_STATES),
  company_count: z.int(),
  contact_count: z.int(),
  researched_count: z.int(),
  failed_count: z.int(),
  created_by: z.nullable(z.guid()),
  created_at: z.string(),
  updated_at: z.string(),
});
export type CampaignRow = z.infer<typeof campaignRow>;

export const companyPage = page(companyRow);
export const contactPage = page(contactRow);
export const campaignPage = page(campaignRow);
export const jobPage = page(researchJob);
export type JobPage = z.infer<typeof jobPage>;

/** What `list_total` answers: rows counted up to 10,000; exact without a filter. */
export const listTotal = z.object({ total: z.int(), total_is_capped: z.boolean() });
export type ListTotal = z.infer<typeof listTotal>;

/** What `list_place` answers: the cursor of the page that begins with the row. Null is the beginning. */
export const listPlace = z.object({ cursor: z.nullable(z.string()) });
export type ListPlace = z.infer<typeof listPlace>;
