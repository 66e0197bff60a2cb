import { z } from "zod";
import { explain } from "./explain.ts";
import {
  type CompanyResult,
  type ContactsResult,
  companyResult,
  contactsResult,
  type DiscoverResult,
  discoverResult,
  type EnrichResult,
  enrichResult,
  type FinancialsResult,
  financialsResult,
  httpUrl,
  LIMITS,
  SOCIAL_NETWORKS,
  type SyncResult,
  syncResult,
} from "./research.ts";

/** `data` of a result in the shape of its stage, or a sentence that names the field that is wrong. */
export type ReadData<T> = { ok: true; value: T } | { ok: false; error: string };

const CUSTOM = { fields: 100, length: 64 * 1024, depth: 20 };

/** Empty cells of a sheet or table arrive as null or "". */
const blankIsMissing = (value: unknown) => (value === null || value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsMissing, schema.optional());

const text = (max: number) => optional(z.string().trim().min(1).max(max));
const link = optional(httpUrl);
/** One text, or a list of texts. */
const texts = (max: number) =>
  z.preprocess(
    (value) => {
      const list = Array.isArray(value) ? value : [value];
      return list.filter((entry) => blankIsMissing(entry) !== undefined);
    },
    z.array(z.string().trim().min(1).max(max)).max(LIMITS.list),
  );

const investment = z.preprocess(
  (value) => (typeof value === "string" ? { name: value } : value),
  z.object({ name: z.string().trim().min(1).max(LIMITS.name), domain: text(253), source: link }),
);

const companyData = z.object({
  name: text(LIMITS.name),
  description: text(LIMITS.description),
  industry: texts(LIMITS.short),
  address: text(LIMITS.address),
  phone: texts(LIMITS.phone),
  phones: texts(LIMITS.phone),
  email: texts(LIMITS.email),
  emails: texts(LIMITS.email),
  social: optional(z.object(Object.fromEntries(SOCIAL_NETWORKS.map((network) => [network, link])))),
  portfolio: optional(z.array(investment).max(LIMITS.portfolio)),
});

const contactData = z.object({
  name: text(LIMITS.name),
  first_name: text(LIMITS.short),
  last_name: text(LIMITS.short),
  title: text(LIMITS.name),
  email: text(LIMITS.email),
  phone: text(LIMITS.phone),
  linkedin_url: link,
  source: link,
});
const contactsData = z.object({ contacts: z.array(contactData).max(LIMITS.contacts) });

const company = z.object({ name: text(LIMITS.name), domain: text(LIMITS.url), website: text(LIMITS.url) });
const discoverData = z.object({
  companies: z.array(company).max(LIMITS.companies),
  has_more: optional(z.boolean()),
  next_url: link,
});

const enrichData = z.object({
  title: text(LIMITS.name),
  email: text(LIMITS.email),
  phone: text(LIMITS.phone),
  linkedin_url: link,
});
/** Values may also come as `{ value, source }`. */
const ownSource = z.preprocess(
  (given) => (isWithSource(given) ? given : undefined),
  z.object({ source: link }).optional(),
);
const enrichSources = z.object({
  title: ownSource,
  email: ownSource,
  phone: ownSource,
  linkedin_url: ownSource,
});

/** Nothing of it has a field of its own. */
const syncData = optional(z.object({}));

const financialsData = z.record(
  z.string().min(1).max(LIMITS.short),
  z.union([z.string().trim().max(LIMITS.address), z.number(), z.boolean(), z.null()]),
);

/** What a webhook found out about a company: plain values, all found at `source`. Unknown fields become `custom`. */
export function readCompanyData(data: unknown, source: string): ReadData<CompanyResult> {
  const parsed = companyData.safeParse(data);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, data, "data") };
  const custom = unknownFields(data, companyData);
  if (!custom.ok) return custom;
  const { name, description, industry, address, phone, phones, email, emails, social, portfolio } =
    parsed.data;
  const from = <T>(value: T) => ({ value, source });
  const links = Object.entries(social ?? {}).filter(([, url]) => url !== undefined);
  const value = {
    ...(name && { name: from(name) }),
    ...(description && { description: from(description) }),
    industry: industry.map(from),
    ...(address && { address: from(address) }),
    phones: [...phone, ...phones].slice(0, LIMITS.list).map(from),
    emails: [...email, ...emails].slice(0, LIMITS.list).map(from),
    social: Object.fromEntries(links.map(([network, url]) => [network, from(url)])),
    portfolio: (portfolio ?? []).map((one) => ({ ...withoutBlanks(one), source: one.source ?? source })),
    ...custom.value,
  };
  return checked(companyResult, value);
}

/** Figures a webhook found: `{ name: value }`, each a text, a number or yes or no. */
export function readFinancialsData(data: unknown, source: string): ReadData<FinancialsResult> {
  const parsed = financialsData.safeParse(data);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, data, "data") };
  const fields = Object.entries(parsed.data).filter(([, value]) => blankIsMissing(value) !== undefined);
  if (fields.length > CUSTOM.fields) {
    return { ok: false, error: `There are ${fields.length} figures; at most ${CUSTOM.fields} can be kept.` };
  }
  return checked(financialsResult, {
    fields: Object.fromEntries(fields.map(([name, value]) => [name, { value, source }])),
  });
}

/** The people a webhook found: `{ contacts: [...] }`. A contact has a name, or a first or last name. */
export function readContactsData(data: unknown, source: string): ReadData<ContactsResult> {
  const parsed = contactsData.safeParse(data);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, data, "data") };
  const contacts = [];
  for (const [index, contact] of parsed.data.contacts.entries()) {
    const name = contact.name ?? [contact.first_name, contact.last_name].filter(Boolean).join(" ");
    if (name === "") return { ok: false, error: `data.contacts[${index}].name is missing.` };
    const custom = unknownFields(contactAt(data, index), contactData);
    if (!custom.ok) return { ok: false, error: `data.contacts[${index}]: ${custom.error}` };
    contacts.push({ ...withoutBlanks(contact), name, source: contact.source ?? source, ...custom.value });
  }
  return checked(contactsResult, { contacts });
}

/** The companies a webhook found on a page: `{ companies, has_more, next_url }`. Without `has_more` there are more if there were any. */
export function readDiscoverData(data: unknown): ReadData<DiscoverResult> {
  const parsed = discoverData.safeParse(data);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, data, "data") };
  const { companies, has_more, next_url } = parsed.data;
  const nameless = companies.findIndex(({ name, domain, website }) => !name && !domain && !website);
  if (nameless >= 0)
    return { ok: false, error: `data.companies[${nameless}] has neither a name nor a domain.` };
  return checked(discoverResult, {
    companies: companies.map(withoutBlanks),
    has_more: has_more ?? companies.length > 0,
    ...(next_url && { next_url }),
  });
}

/** What a webhook found out about a contact: plain values, all found at `source`, or `{ value, source }` each. Unknown fields become `custom`. */
export function readEnrichData(data: unknown, source: string): ReadData<EnrichResult> {
  const sources = enrichSources.safeParse(data);
  if (!sources.success) return { ok: false, error: explain(sources.error, data, "data") };
  const values = Object.fromEntries(
    Object.entries(data ?? {}).map(([name, given]) => [
      name,
      Object.hasOwn(enrichData.shape, name) && isWithSource(given) ? given.value : given,
    ]),
  );
  const parsed = enrichData.safeParse(values);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, values, "data") };
  const custom = unknownFields(values, enrichData);
  if (!custom.ok) return custom;
  const ownSources: Record<string, { source?: string | undefined } | undefined> = sources.data;
  const found = Object.entries(withoutBlanks(parsed.data)).map(([name, value]) => [
    name,
    { value, source: ownSources[name]?.source ?? source },
  ]);
  return checked(enrichResult, { ...Object.fromEntries(found), ...custom.value });
}

/** What a webhook gives back of a contact it has handed on, if anything: all of it is `custom`. */
export function readSyncData(data: unknown): ReadData<SyncResult> {
  const parsed = syncData.safeParse(data);
  if (!parsed.success) return { ok: false, error: explain(parsed.error, data, "data") };
  const custom = unknownFields(data, z.object({}));
  return custom.ok ? checked(syncResult, custom.value) : custom;
}

function isWithSource(given: unknown): given is { value: unknown } {
  return typeof given === "object" && given !== null && "value" in given;
}

/** The fields that a schema does not know, as `{ custom }`, or nothing if there are none. */
function unknownFields(input: unknown, known: z.ZodObject): ReadData<{ custom?: Record<string, unknown> }> {
  const entries = Object.entries(input ?? {}).filter(
    ([name, value]) => !Object.hasOwn(known.shape, name) && blankIsMissing(value) !== undefined,
  );
  if (entries.length === 0) return { ok: true, value: {} };
  const bad = entries.find(
    ([name, value]) => name === "" || name.length > LIMITS.short || isDeeperThan(value, CUSTOM.depth),
  );
  if (bad) {
    const shown = JSON.stringify(bad[0].slice(0, 40));
    return {
      ok: false,
      error: `The field ${shown} cannot be kept: its name must have 1 to 120 characters, its value at most 20 levels.`,
    };
  }
  const custom = Object.fromEntries(entries);
  if (entries.length > CUSTOM.fields || JSON.stringify(custom).length > CUSTOM.length) {
    return {
      ok: false,
      error: `There are ${entries.length} fields of your own; at most 100 with 64 KB in all can be kept.`,
    };
  }
  return { ok: true, value: { custom } };
}

/** Whether a JSON value is nested more than so many levels deep. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inside) => isDeeperThan(inside, levels - 1));
}

function contactAt(data: unknown, index: number): unknown {
  const list = typeof data === "object" && data !== null && "contacts" in data ? data.contacts : null;
  return Array.isArray(list) ? list[index] : null;
}

function withoutBlanks<T extends object>(object: T): Partial<T> {
  // Removing undefined values leaves an object of the same fields.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function checked<T>(schema: z.ZodType<T>, value: unknown): ReadData<T> {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, error: explain(parsed.error, value, "data") };
}
