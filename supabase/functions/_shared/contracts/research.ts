import { z } from "zod";

/** Longest values a provider may hand over; anything longer is cut by the extractor or refused here. */
export const LIMITS = {
  name: 200,
  description: 2_000,
  short: 120,
  address: 400,
  url: 2_000,
  email: 254,
  phone: 40,
  list: 50,
  contacts: 500,
  portfolio: 500,
  companies: 5_000,
} as const;

const text = (max: number) => z.string().trim().min(1).max(max);

/** An absolute http(s) address: of the page a value was read on, or a link that is itself the value. */
export const httpUrl = z.url({ protocol: /^https?$/ }).max(LIMITS.url);

/** A value with the address of the page it was read on. No value exists without its source. */
const sourced = (max: number) => z.strictObject({ value: text(max), source: httpUrl });
const sourcedUrl = z.strictObject({ value: httpUrl, source: httpUrl });

export const SOCIAL_NETWORKS = ["linkedin", "twitter", "facebook", "instagram", "youtube", "github"] as const;
export type SocialNetwork = (typeof SOCIAL_NETWORKS)[number];

/** An investment that a company presents, with the host its name links to. */
export const portfolioEntry = z.strictObject({
  name: text(LIMITS.name),
  domain: text(253).optional(),
  source: httpUrl,
});

/** Values that have no field of their own, under the names the provider gave them. */
const custom = z.record(z.string().min(1).max(LIMITS.short), z.unknown());

/** What the `company` stage finds out about a company. Every field may be missing: nothing is guessed. */
export const companyResult = z.strictObject({
  name: sourced(LIMITS.name).optional(),
  description: sourced(LIMITS.description).optional(),
  industry: z.array(sourced(LIMITS.short)).max(LIMITS.list),
  address: sourced(LIMITS.address).optional(),
  phones: z.array(sourced(LIMITS.phone)).max(LIMITS.list),
  emails: z.array(sourced(LIMITS.email)).max(LIMITS.list),
  social: z.partialRecord(z.enum(SOCIAL_NETWORKS), sourcedUrl),
  portfolio: z.array(portfolioEntry).max(LIMITS.portfolio),
  custom: custom.optional(),
});

/** One person, as the page at `source` shows them. */
export const contactResult = z.strictObject({
  name: text(LIMITS.name),
  first_name: text(LIMITS.short).optional(),
  last_name: text(LIMITS.short).optional(),
  title: text(LIMITS.name).optional(),
  email: text(LIMITS.email).optional(),
  phone: text(LIMITS.phone).optional(),
  linkedin_url: httpUrl.optional(),
  custom: custom.optional(),
  source: httpUrl,
});

/** What the `contacts` stage finds: the people a company shows. */
export const contactsResult = z.strictObject({ contacts: z.array(contactResult).max(LIMITS.contacts) });

/** What the `financials` stage finds: figures under the names the provider gives them. */
export const financialsResult = z.strictObject({
  fields: z.record(
    z.string().min(1).max(LIMITS.short),
    z.strictObject({ value: z.union([text(LIMITS.address), z.number(), z.boolean()]), source: httpUrl }),
  ),
});

/** A company as a page of a source names it: at least one of these, as they stand there. */
const foundCompany = z.strictObject({
  name: text(LIMITS.name).optional(),
  domain: text(LIMITS.url).optional(),
  website: text(LIMITS.url).optional(),
});

/** What the `discover` stage finds on a page. Without `has_more` no further page is asked for. */
export const discoverResult = z.strictObject({
  companies: z.array(foundCompany).max(LIMITS.companies),
  has_more: z.boolean(),
  /** Where the next page is, if pages are not numbered. */
  next_url: httpUrl.optional(),
});

/** What the `enrich` stage finds out about a contact. */
export const enrichResult = z.strictObject({
  title: sourced(LIMITS.name).optional(),
  email: sourced(LIMITS.email).optional(),
  phone: sourced(LIMITS.phone).optional(),
  linkedin_url: sourcedUrl.optional(),
  custom: custom.optional(),
});

/** What the `sync` stage gives back of a contact that was handed on. */
export const syncResult = z.strictObject({ custom: custom.optional() });

export type Sourced = { value: string; source: string };
export type PortfolioEntry = z.infer<typeof portfolioEntry>;
export type CompanyResult = z.infer<typeof companyResult>;
export type ContactResult = z.infer<typeof contactResult>;
export type FinancialsResult = z.infer<typeof financialsResult>;
export type ContactsResult = z.infer<typeof contactsResult>;
export type FoundCompany = z.infer<typeof foundCompany>;
export type DiscoverResult = z.infer<typeof discoverResult>;
export type EnrichResult = z.infer<typeof enrichResult>;
export type SyncResult = z.infer<typeof syncResult>;
