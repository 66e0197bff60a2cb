import * as z from "zod/mini";

/** Limits of one request of an import, kept by the client and checked by `import_rows`. */
export const IMPORT_LIMITS = {
  /** Rows in one chunk, rejected ones included. */
  chunkRows: 1_000,
  /** JSON characters after which a chunk is closed; one row may go above it. */
  chunkCharacters: 800_000,
  /** JSON characters of one row. */
  rowCharacters: 300_000,
  /** Characters in one cell: what a spreadsheet cell can hold. Longer ones are rejected by row. */
  cellCharacters: 32_767,
} as const;

export const importKind = z.enum(["companies", "contacts"]);

const custom = z.record(z.string(), z.string());

/** One company as a file has it; `row` is the 1-based line of data. Fields that the file leaves empty are absent. */
export const companyImportRow = z.strictObject({
  row: z.int().check(z.gte(1)),
  name: z.optional(z.string()),
  website: z.optional(z.string()),
  /** The domain of `website` in ASCII (`xn--…` for international names). */
  domain: z.optional(z.string()),
  description: z.optional(z.string()),
  industry: z.optional(z.string()),
  country: z.optional(z.string()),
  address: z.optional(z.string()),
  phone: z.optional(z.string()),
  email: z.optional(z.string()),
  linkedin_url: z.optional(z.string()),
  employees: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  custom: z.optional(custom),
});

/** One person and the company they belong to, as a file has them. */
export const contactImportRow = z.strictObject({
  row: z.int().check(z.gte(1)),
  company: z.strictObject({ name: z.optional(z.string()), website: z.optional(z.string()) }),
  name: z.optional(z.string()),
  first_name: z.optional(z.string()),
  last_name: z.optional(z.string()),
  title: z.optional(z.string()),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  linkedin_url: z.optional(z.string()),
  country: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  custom: z.optional(custom),
});

/** A row that does not fit, why (for the user), and its cells as read. */
export const rejectedRow = z.strictObject({
  row: z.int().check(z.gte(1)),
  reason: z.string(),
  raw: z.array(z.string()),
});

/** What `import_rows` answers. `already`: this chunk was saved before, nothing was changed now. */
export const importRowsResult = z.object({
  created: z.int(),
  updated: z.int(),
  duplicates: z.int(),
  rejected: z.array(z.object({ row: z.int(), reason: z.string() })),
  already: z.boolean(),
});

/** How a file is read: stored with the import, so that continuing it makes the same chunks again. */
export const importMapping = z.strictObject({
  version: z.literal(1),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]),
  delimiter: z.string().check(z.length(1)),
  newline: z.enum(["\n", "\r"]),
  /** Lines up to and including the header; 0 when the file has none. */
  header_rows: z.int().check(z.gte(0)),
  /** One a column of the file: a field's name, "custom" to keep it as it is, or "skip". */
  columns: z.array(z.strictObject({ header: z.string(), target: z.string() })),
});

export const importJob = z.object({
  id: z.string(),
  workspace_id: z.string(),
  campaign_id: z.string(),
  kind: importKind,
  file_name: z.string(),
  file_size: z.number(),
  file_hash: z.string(),
  /** Null for an import that did not come through the app and says nothing about its file. */
  mapping: z.catch(z.nullable(importMapping), null),
  status: z.enum(["running", "completed", "failed"]),
  total_rows: z.nullable(z.number()),
  processed_rows: z.number(),
  created_rows: z.number(),
  updated_rows: z.number(),
  duplicate_rows: z.number(),
  rejected_rows: z.number(),
  created_at: z.string(),
  finished_at: z.nullable(z.string()),
});

export const importJobs = z.array(importJob);

/** What `start_import` answers: the import, new or continued, and the chunks it has already. */
export const startImportResult = z.object({ import: importJob, chunks_done: z.array(z.int()) });

export type ImportKind = z.infer<typeof importKind>;
export type CompanyImportRow = z.infer<typeof companyImportRow>;
export type ContactImportRow = z.infer<typeof contactImportRow>;
export type ImportRow = CompanyImportRow | ContactImportRow;
export type RejectedRow = z.infer<typeof rejectedRow>;
export type ImportRowsResult = z.infer<typeof importRowsResult>;
export type ImportMapping = z.infer<typeof importMapping>;
export type ImportJob = z.infer<typeof importJob>;
export type StartImportResult = z.infer<typeof startImportResult>;
