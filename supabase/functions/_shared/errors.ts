/** An error that is told to the caller as it is. `code` is stable, `message` is for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  /** Headers of the response besides the usual ones. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: unknown = null,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** Anything thrown as a response: `{ error: { code, message, details } }`. What is not an ApiError is logged and stays private. */
export function errorResponse(error: unknown, headers: Record<string, string> = {}): Response {
  const known = toApiError(error);
  const { code, message, details } = known;
  return Response.json(
    { error: { code, message, details } },
    { status: known.status, headers: { ...headers, ...known.headers } },
  );
}

/** What is told of anything thrown. What is not ours is logged. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const raised = raisedByUs(error);
  if (raised) return raised;
  if (isRefusedValue(error)) {
    return new ApiError(
      400,
      "bad_request",
      "A value of this request has characters or a size that cannot be read.",
    );
  }
  console.error(error);
  return new ApiError(
    500,
    "internal",
    "Something went wrong on our side. Nothing was changed; try again in a moment.",
  );
}

/** SQLSTATE class 22: Postgres could not read a value it was given (a NUL character, half a surrogate pair, too large a number). */
function isRefusedValue(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^22...$/.test(error.code)
  );
}

/** private.fail() in SQL: SQLSTATE PT + HTTP status, the stable code as the hint. */
function raisedByUs(error: unknown): ApiError | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const status = /^PT([45]\d\d)$/.exec(error.code)?.[1];
  if (!status) return null;
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : "error";
  return new ApiError(Number(status), hint, error.message);
}
