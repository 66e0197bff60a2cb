import * as z from "zod/mini";

/** Rows a list asks for at once: the first page is what a screen shows, later pages save round trips. */
export const FIRST_PAGE_SIZE = 50;
export const NEXT_PAGE_SIZE = 200;

/** Most rows that can be picked one by one: their ids are sent in the filter, which may take 100 KB. */
export const SELECTION_LIMIT = 2_000;

export const RESEARCH_STATUSES = ["new", "queued", "researching", "completed", "failed"] as const;
export type ResearchStatus = (typeof RESEARCH_STATUSES)[number];

export const COMPANY_SORTS = [
  "name",
  "domain",
  "created_at",
  "updated_at",
  "research_status",
  "contact_count",
  "industry",
  "country",
] as const;
export type CompanySort = (typeof COMPANY_SORTS)[number];

export const CONTACT_SORTS = ["name", "title", "email", "created_at", "updated_at"] as const;
export type ContactSort = (typeof CONTACT_SORTS)[number];

const nullableText = z.nullable(z.string());

/** A company as lists show it: every column but the wide `research` and `custom`. */
export const companyRow = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  campaign_id: z.guid(),
  name: z.string(),
  domain: nullableText,
  website: nullableText,
  description: nullableText,
  industry: nullableText,
  country: nullableText,
  address: nullableText,
  phone: nullableText,
  email: nullableText,
  linkedin_url: nullableText,
  employees: nullableText,
  owner_id: z.nullable(z.guid()),
  tags: z.array(z.string()),
  research_status: z.enum(RESEARCH_STATUSES),
  contact_count: z.int(),
  portfolio_count: z.int(),
  import_id: z.nullable(z.guid()),
  created_at: z.string(),
  updated_at: z.string(),
  researched_at: nullableText,
});
export type CompanyRow = z.infer<typeof companyRow>;

/** A contact as lists show it, with the name and domain of its company. */
export const contactRow = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  campaign_id: z.guid(),
  company_id: z.guid(),
  name: z.string(),
  first_name: nullableText,
  last_name: nullableText,
  title: nullableText,
  seniority: nullableText,
  email: nullableText,
  phone: nullableText,
  linkedin_url: nullableText,
  country: nullableText,
  owner_id: z.nullable(z.guid()),
  tags: z.array(z.string()),
  do_not_contact: z.boolean(),
  source: z.enum(["import", "research", "manual"]),
  import_id: z.nullable(z.guid()),
  created_at: z.string(),
  updated_at: z.string(),
  company: z.object({ id: z.guid(), name: z.string(), domain: nullableText }),
});
export type ContactRow = z.infer<typeof contactRow>;

/**
 * One researched value: what was read, the page it was read on, and when (ISO). A list or a map of links also says
 * the page of each of its items.
 */
export const researchedValue = z.object({
  value: z.unknown(),
  source: z.string(),
  at: z.string(),
  items: z.optional(
    z.array(z.object({ value: z.string(), source: z.string(), network: z.optional(z.string()) })),
  ),
});
export type ResearchedValue = z.infer<typeof researchedValue>;

/** The `research` column of a company or contact: researched values by field. */
export const researchedValues = z.record(z.string(), researchedValue);
export type ResearchedValues = z.infer<typeof researchedValues>;

/** The `custom` column: cells of an imported file by the header of a column that has no field. */
export const customColumns = z.record(z.string(), z.unknown());

/** What `list_companies` and `start_research` narrow by; an absent key does not narrow. */
export const companyFilter = z.object({
  q: z.optional(z.string()),
  status: z.optional(z.array(z.enum(RESEARCH_STATUSES))),
  has_email: z.optional(z.boolean()),
  has_website: z.optional(z.boolean()),
  tags: z.optional(z.array(z.string())),
  owner_id: z.optional(z.guid()),
  country: z.optional(z.array(z.string())),
  import_id: z.optional(z.guid()),
  /** Just these rows: what is selected in a list. */
  ids: z.optional(z.array(z.guid())),
});
export type CompanyFilter = z.infer<typeof companyFilter>;

/** What `list_contacts` narrows by; an absent key does not narrow. */
export const contactFilter = z.object({
  q: z.optional(z.string()),
  company_id: z.optional(z.guid()),
  has_email: z.optional(z.boolean()),
  has_phone: z.optional(z.boolean()),
  has_linkedin: z.optional(z.boolean()),
  title: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  owner_id: z.optional(z.guid()),
  do_not_contact: z.optional(z.boolean()),
  import_id: z.optional(z.guid()),
  /** Just these rows: what is selected in a list. */
  ids: z.optional(z.array(z.guid())),
});
export type ContactFilter = z.infer<typeof contactFilter>;

/** One keyset page. `total` and `total_is_capped` come with the first page only (no cursor). */
const page = <Row extends z.core.$ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next_cursor: nullableText,
    total: z.nullish(z.int()),
    total_is_capped: z.nullish(z.boolean()),
  });

export const companyPage = page(companyRow);
export const contactPage = page(contactRow);
