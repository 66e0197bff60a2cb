import type { z } from "zod";

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  array: "a list",
  object: "an object",
};

/** The first thing that is wrong with `input`, as a sentence that names the field, what was expected and what was there. */
export function explain(error: z.ZodError, input: unknown, root: string): string {
  const [issue] = error.issues;
  if (!issue) return `${root} cannot be read.`;
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`),
    root,
  );
  const value = issue.path.reduce<unknown>(
    (inside, key) => (isIndexable(inside) ? inside[String(key)] : inside),
    input,
  );
  return `${path} ${expected(issue)}${value === undefined ? ", but is missing" : found(issue, value)}.`;
}

/** What a JSON value is, in words. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : `the ${typeof value} ${String(value)}`;
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "invalid_format":
      return issue.format === "url"
        ? "must be an address that starts with http:// or https://"
        : `must be a valid ${issue.format}`;
    case "too_big":
      return `must ${size(issue.origin, "at most", issue.maximum)}`;
    case "too_small":
      return issue.origin === "string"
        ? "must not be empty"
        : `must ${size(issue.origin, "at least", issue.minimum)}`;
    default:
      return issue.message;
  }
}

function size(origin: string, bound: string, limit: number | bigint): string {
  const number = limit.toLocaleString("en");
  if (origin === "string") return `have ${bound} ${number} characters`;
  return origin === "array" ? `have ${bound} ${number} entries` : `be ${bound} ${number}`;
}

function found(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_type") return `, but is ${inWords(value)}`;
  if (issue.code === "invalid_value" && typeof value === "string") return `, but is "${value.slice(0, 40)}"`;
  return "";
}

function isIndexable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
