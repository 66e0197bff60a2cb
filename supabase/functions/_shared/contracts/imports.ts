import { z } from "zod";

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
  row: z.int().min(1),
  name: z.string().optional(),
  website: z.string().optional(),
  /** The domain of `website` in ASCII (`xn--…` for international names). */
  domain: z.string().optional(),
  description: z.string().optional(),
  industry: z.string().optional(),
  country: z.string().optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  linkedin_url: z.string().optional(),
  employees: z.string().optional(),
  tags: z.array(z.string()).optional(),
  custom: custom.optional(),
});

/** One person and the company they belong to, as a file has them. */
export const contactImportRow = z.strictObject({
  row: z.int().min(1),
  company: z.strictObject({ name: z.string().optional(), website: z.string().optional() }),
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  title: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  linkedin_url: z.string().optional(),
  country: z.string().optional(),
  tags: z.array(z.string()).optional(),
  custom: custom.optional(),
});

/** A row that does not fit, why (for the user), and its cells as read. */
export const rejectedRow = z.strictObject({
  row: z.int().min(1),
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
  delimiter: z.string().length(1),
  newline: z.enum(["\n", "\r"]),
  /** Lines up to and including the header; 0 when the file has none. */
  header_rows: z.int().min(0),
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
  mapping: importMapping,
  status: z.enum(["running", "completed", "failed"]),
  total_rows: z.number().nullable(),
  processed_rows: z.number(),
  created_rows: z.number(),
  updated_rows: z.number(),
  duplicate_rows: z.number(),
  rejected_rows: z.number(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});

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
