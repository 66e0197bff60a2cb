import pg from "pg";

/** An answer in PostgREST's error shape. */
export class RestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  readonly hint: string | null;

  constructor(
    status: number,
    code: string,
    message: string,
    details: unknown = null,
    hint: string | null = null,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.hint = hint;
  }

  toJSON() {
    return { code: this.code, details: this.details, hint: this.hint, message: this.message };
  }
}

/** The request's URL or headers could not be read. */
export function badRequest(message: string, details: string | null = null): RestError {
  return new RestError(400, "PGRST100", message, details);
}

/** SQLSTATE (or its class) to HTTP status, as PostgREST documents it. */
const statusOf: Record<string, number> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "23503": 409,
  "23505": 409,
  "25": 500,
  "25006": 405,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "53": 503,
  "53400": 500,
  "54": 500,
  "55": 500,
  "57": 500,
  "57P01": 503,
  "58": 500,
  F0: 500,
  HV: 500,
  P0001: 400,
  P0: 500,
  XX: 500,
  "42883": 404,
  "42P01": 404,
  "42P17": 500,
};

/** Whatever went wrong while answering, as something that may be shown to the caller. */
export function toRestError(error: unknown, role: string, report: (error: unknown) => void): RestError {
  if (error instanceof RestError) return error;
  if (!(error instanceof pg.DatabaseError) || !error.code) {
    report(error);
    return new RestError(503, "PGRST001", "Could not query the database");
  }
  const { code, message } = error;
  const make = (status: number) =>
    new RestError(status, code, message, error.detail ?? null, error.hint ?? null);
  if (code === "42501") return make(role === "anon" ? 401 : 403);
  if (code === "PGRST") return raisedByApplication(error);
  const custom = /^PT(\d{3})$/.exec(code)?.[1];
  if (custom) return make(Number(custom));
  return make(statusOf[code] ?? statusOf[code.slice(0, 2)] ?? 400);
}

/** raise sqlstate 'PGRST' using message = '{"code":…,"message":…}', detail = '{"status":…}'. */
function raisedByApplication(error: pg.DatabaseError): RestError {
  try {
    const body = JSON.parse(error.message);
    const { status } = JSON.parse(error.detail ?? "");
    return new RestError(Number(status), body.code, body.message, body.details ?? null, body.hint ?? null);
  } catch {
    return new RestError(500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error");
  }
}
