import type { Row } from "../db/database.ts";
import { RestError } from "./errors.ts";
import type { RestRequest } from "./request.ts";
import type { CountedTotal } from "./totals.ts";

interface Answer {
  /** The row that answerSql makes. */
  row: Row;
  status: number;
  offset?: number;
  total?: CountedTotal;
}

/** The rendered body with its Content-Range: 206 for a page of a known total, 416 past its end. */
export function respond(request: RestRequest, { row, status, offset = 0, total = null }: Answer): Response {
  const { format, method } = request;
  const rows = Number(row.rows ?? 0);
  if (format.type === "object") checkSingle(rows);
  if (total !== null && offset > total) throw pastTheEnd(offset, total);
  const shown = rows === 0 ? "*" : `${offset}-${offset + rows - 1}`;
  const partial = status === 200 && total !== null && rows < total;
  const headers = new Headers({
    "content-type": format.contentType,
    "content-range": `${shown}/${total ?? "*"}`,
  });
  applyRaisedHeaders(headers, row.headers);
  const body = method === "HEAD" ? null : (row.body ?? "null");
  return new Response(body, { status: raisedStatus(row.status) ?? (partial ? 206 : status), headers });
}

/** Throws RestError 406 unless a single object can be answered. */
export function checkSingle(rows: number): void {
  if (rows === 1) return;
  const details = `The result contains ${rows} rows`;
  throw new RestError(406, "PGRST116", "Cannot coerce the result to a single JSON object", details);
}

function pastTheEnd(offset: number, total: number): RestError {
  const details = `An offset of ${offset} was requested, but there are only ${total} rows.`;
  return new RestError(416, "PGRST103", "Requested range not satisfiable", details);
}

/** set_config('response.status', '418', true) inside a function. */
function raisedStatus(text: string | null | undefined): number | null {
  if (!text) return null;
  if (/^[2-5]\d\d$/u.test(text)) return Number(text);
  throw new RestError(500, "PGRST112", "response.status must be a valid status code");
}

/** set_config('response.headers', '[{"X-A":"b"}]', true) inside a function. */
function applyRaisedHeaders(headers: Headers, json: string | null | undefined): void {
  if (!json) return;
  try {
    const list: Record<string, string>[] = JSON.parse(json);
    for (const [name, value] of list.flatMap((one) => Object.entries(one))) headers.append(name, value);
  } catch {
    const message = "response.headers must be a JSON array of objects with one name and its text";
    throw new RestError(500, "PGRST111", message);
  }
}
