import * as z from "zod/mini";

/** Rows a list asks for at once: the first page is what a screen shows, later pages save round trips. */
export const FIRST_PAGE_SIZE = 50;
export const NEXT_PAGE_SIZE = 200;

/** Most rows that can be picked one by one: their ids are sent in the filter, which may take 100 KB. */
export const SELECTION_LIMIT = 2_000;

/** Up to here an export is one direct download. */
export const EXPORT_LIMIT = 10_000;

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

/** A list of a whole workspace has these orders only: each costs an index on every import. */
export const WORKSPACE_SORTS = ["created_at", "name"] as const;

export const CAMPAIGN_SORTS = ["name", "created_at", "updated_at", "company_count", "contact_count"] as const;
export const CAMPAIGN_STATES = ["active", "archiving", "archived", "restoring", "deleting"] as const;

const nullableText = z.nullable(z.string());

/** The `custom` column: cells of an imported file by the header of a column that has no field. */
export const customColumns = z.record(z.string(), z.unknown());

/** A company as lists show it: every column but the wide `research`; in wide `custom` columns long texts are cut. */
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
  custom: customColumns,
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
  custom: customColumns,
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

const filterText = z.string().check(z.maxLength(500));
const filterTexts = z.array(filterText).check(z.maxLength(100));
/** ISO 8601; "after" is inclusive, "before" is not. */
const filterTime = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** What lists of companies and contacts have in common; an absent key does not narrow. */
const rowFilter = {
  /** As typed: each word is found by its beginning, typos by what may have been meant. */
  q: z.optional(filterText),
  has_email: z.optional(z.boolean()),
  /** Rows that have all of them. */
  tags: z.optional(filterTexts),
  /** Null: nobody's. */
  owner_id: z.optional(z.nullable(z.guid())),
  country: z.optional(filterTexts),
  created_after: z.optional(filterTime),
  created_before: z.optional(filterTime),
  updated_after: z.optional(filterTime),
  updated_before: z.optional(filterTime),
  import_id: z.optional(z.guid()),
  /** Just these rows: what is selected in a list. */
  ids: z.optional(z.array(z.guid()).check(z.maxLength(2500))),
  /** Columns of the imported file, at most five, with the exact text of their cell. */
  custom: z.optional(z.record(z.string(), filterText)),
};

/** What `list_companies` and `start_research` narrow by. */
export const companyFilter = z.object({
  ...rowFilter,
  status: z.optional(z.array(z.enum(RESEARCH_STATUSES))),
  has_website: z.optional(z.boolean()),
  /** Numbers of employees as they are written in the rows. */
  size: z.optional(filterTexts),
});
export type CompanyFilter = z.infer<typeof companyFilter>;

/** What `list_contacts` narrows by. */
export const contactFilter = z.object({
  ...rowFilter,
  company_id: z.optional(z.guid()),
  has_phone: z.optional(z.boolean()),
  has_linkedin: z.optional(z.boolean()),
  /** Titles that contain it; of one or two characters, titles with a word that begins so. */
  title: z.optional(filterText),
  seniority: z.optional(filterTexts),
  do_not_contact: z.optional(z.boolean()),
});
export type ContactFilter = z.infer<typeof contactFilter>;

/** What `list_campaigns` narrows by. */
export const campaignFilter = z.object({
  /** Words that the name contains. */
  q: z.optional(filterText),
  state: z.optional(z.array(z.enum(CAMPAIGN_STATES))),
});
export type CampaignFilter = z.infer<typeof campaignFilter>;
