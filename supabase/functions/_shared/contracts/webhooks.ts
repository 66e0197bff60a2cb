import { z } from "zod";
import { explain, inWords } from "./explain.ts";
import { COMPANY_STAGES, CONTACT_STAGES } from "./progress.ts";
import { httpUrl } from "./research.ts";
import { isDeeperThan } from "./webhook-data.ts";

/** What an answer or a callback may hold at most. */
export const WEBHOOK_LIMITS = {
  results: 1_000,
  bytes: 5 * 1024 * 1024,
  errorLength: 500,
  stateBytes: 4_096,
} as const;

/** The company a job is about, as it is sent. */
const companySubject = z.strictObject({
  company_id: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  website: z.string().nullable(),
});

const contactSubject = z.strictObject({
  ...companySubject.shape,
  contact: z.strictObject({
    contact_id: z.string(),
    name: z.string(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    title: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    linkedin_url: z.string().nullable(),
  }),
});

/** A page of a source of companies, counted from 1. */
const pageSubject = z.strictObject({ page: z.int(), url: z.string() });

const anyJob = {
  id: z.string(),
  token: z.string(),
  /** What the webhook said with its last `poll` of this job. */
  state: z.unknown().optional(),
};

/** A job as a webhook receives it. Whoever shows `token` at the callback address may hand in this job's result. */
const webhookJob = z.discriminatedUnion("stage", [
  z.strictObject({ ...anyJob, stage: z.enum(COMPANY_STAGES), subject: companySubject }),
  z.strictObject({ ...anyJob, stage: z.literal("discover"), subject: pageSubject }),
  z.strictObject({ ...anyJob, stage: z.enum(CONTACT_STAGES), subject: contactSubject }),
]);
export type WebhookJob = z.infer<typeof webhookJob>;

/** What a webhook receives. */
export const webhookRequest = z.strictObject({
  batch_id: z.string(),
  callback_url: httpUrl,
  jobs: z.array(webhookJob).min(1),
});
export type WebhookRequest = z.infer<typeof webhookRequest>;

const blankIsMissing = (value: unknown) => (value === null || value === "" ? undefined : value);

const result = z.object({
  id: z.string().min(1).max(100),
  status: z.enum(["done", "failed", "retry", "progress", "poll"]),
  data: z.unknown().optional(),
  /** The page the data was found on. */
  source: z.preprocess(blankIsMissing, httpUrl.optional()),
  error: z.preprocess(
    // Errors of n8n are objects with a message.
    (value) => (isObject(value) && "message" in value ? value.message : blankIsMissing(value)),
    z.string().optional(),
  ),
  retry_after_seconds: z.preprocess(blankIsMissing, z.number().min(0).max(86_400).optional()),
  /** With `poll`: when to ask again, and what to say then. */
  after_seconds: z.preprocess(blankIsMissing, z.number().min(1).max(86_400).optional()),
  state: z.unknown().refine(isSmall, "must have at most 4 KB as JSON, and 20 levels").optional(),
});

/** One result as it was handed in. `unreadable`: it names its job, but something else of it is wrong. */
export type ReceivedResult =
  | { id: string; status: "done"; data: unknown; source: string | null }
  | { id: string; status: "failed"; error: string | null }
  | { id: string; status: "retry"; error: string | null; afterMs: number | null }
  | { id: string; status: "progress" }
  | { id: string; status: "poll"; afterMs: number; state: unknown }
  | { id: string; status: "unreadable"; error: string };

/** Results of an answer or a callback; `notes` says in sentences what was left out and why. */
export type ReceivedResults =
  | { ok: true; results: ReceivedResult[]; notes: string[] }
  | { ok: false; error: string };

/**
 * Reads the JSON of an answer or a callback: `{ results: [...] }`, one result, or a list of either as n8n makes it. One
 * wrong result costs no other. Not ok when there are no results at all, or too many.
 */
export function readResults(body: unknown): ReceivedResults {
  const found = resultsIn(body);
  if (!found) {
    return {
      ok: false,
      error: `There must be { "results": [ ... ] } or one result with an "id", but there is ${inWords(body)}${fieldsOf(body)}.`,
    };
  }
  if (found.length > WEBHOOK_LIMITS.results) {
    return { ok: false, error: `There are ${found.length} results; at most 1,000 can be sent at once.` };
  }
  const results: ReceivedResult[] = [];
  const notes: string[] = [];
  for (const [index, one] of found.entries()) {
    const received = readResult(one, `results[${index}]`);
    if (typeof received === "string") notes.push(received);
    else results.push(received);
  }
  return { ok: true, results, notes };
}

function resultsIn(body: unknown): unknown[] | null {
  if (Array.isArray(body)) {
    return body.flatMap((item) => (isObject(item) && Array.isArray(item.results) ? item.results : [item]));
  }
  if (!isObject(body)) return null;
  if (Array.isArray(body.results)) return body.results;
  return "id" in body ? [body] : null;
}

/** The result, or a sentence if it does not even say whose it is. */
function readResult(input: unknown, path: string): ReceivedResult | string {
  // Ids are texts; who computes with them may send them back as numbers.
  const one = isObject(input) && typeof input.id === "number" ? { ...input, id: String(input.id) } : input;
  const parsed = result.safeParse(one);
  if (!parsed.success) {
    const error = explain(parsed.error, one, path);
    const id = isObject(one) ? z.string().min(1).max(100).safeParse(one.id) : null;
    return id?.success ? { id: id.data, status: "unreadable", error } : error;
  }
  const { id, status, data, source, retry_after_seconds: seconds, after_seconds: pause } = parsed.data;
  const error = parsed.data.error?.slice(0, WEBHOOK_LIMITS.errorLength) ?? null;
  switch (status) {
    case "done":
      return { id, status, data, source: source ?? null };
    case "failed":
      return { id, status, error };
    case "retry":
      return { id, status, error, afterMs: seconds === undefined ? null : seconds * 1000 };
    case "progress":
      return { id, status };
    case "poll":
      if (pause !== undefined) return { id, status, afterMs: pause * 1000, state: parsed.data.state ?? null };
      return { id, status: "unreadable", error: `${path}.after_seconds must be a number, but is missing.` };
  }
}

function isSmall(state: unknown): boolean {
  const bytes = new TextEncoder().encode(JSON.stringify(state)).length;
  return bytes <= WEBHOOK_LIMITS.stateBytes && !isDeeperThan(state, 20);
}

function fieldsOf(body: unknown): string {
  const names = isObject(body) ? Object.keys(body).slice(0, 5) : [];
  return names.length === 0 ? "" : ` with ${names.map((name) => `"${name.slice(0, 40)}"`).join(", ")}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
