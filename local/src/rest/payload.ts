import { RestError } from "./errors.ts";

/** The JSON rows of a request body: as text for Postgres, and the columns they fill. */
export interface Payload {
  json: string;
  columns: string[];
}

/** Reads a body, an object or an array of them, just far enough to know its columns. Throws RestError 400. */
export function readPayload(text: string, columns: string[] | null): Payload {
  const body = text === "" ? {} : parseJson(text);
  const rows: unknown[] = Array.isArray(body) ? body : [body];
  const json = Array.isArray(body) ? text : `[${text || "{}"}]`;
  const keys = rows.map((row) => Object.keys(isObject(row) ? row : notRows()));
  if (columns) return { json, columns };
  const first = new Set(keys[0]);
  if (keys.some((own) => own.length !== first.size || own.some((key) => !first.has(key)))) {
    throw new RestError(400, "PGRST102", "All object keys must match");
  }
  return { json, columns: [...first] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RestError(400, "PGRST102", "Empty or invalid json");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notRows(): never {
  throw new RestError(400, "PGRST102", "The body must be an object or an array of objects");
}
