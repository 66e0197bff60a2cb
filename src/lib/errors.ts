import { authMessages } from "./auth-messages";

/** What a person reads about an error: what happened, what was kept and what to do next. */
export interface ErrorDescription {
  title: string;
  message: string;
}

interface RequestErrorOptions {
  /** HTTP status; 0 when no answer came. */
  status: number;
  /** Our own stable code (`not_found`, `import_incomplete`, …), else PostgREST's or Postgres' code, else "". */
  code: string;
  details?: unknown;
}

/** A request to the API that failed. `message` was written by the server. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;

  constructor(message: string, { status, code, details }: RequestErrorOptions) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

interface DataResult<Data> {
  data: Data;
  /** Without a code where something in front of the database refused. */
  error: { message: string; code?: string; details: unknown; hint: string | null } | null;
  status: number;
}

/** The data of a supabase-js table or RPC call. Throws `RequestError` when the call failed. */
export function unwrap<Result extends DataResult<unknown>>(
  result: Result,
): Extract<Result, { error: null }>["data"] {
  if (result.error) {
    const { message, code = "", details, hint } = result.error;
    const ownCode = /^PT\d{3}$/.test(code) && hint ? hint : code;
    throw new RequestError(message, { status: result.status, code: ownCode, details });
  }
  return result.data;
}

/** The error of an edge function's response, whose body is `{ error: { code, message, details } }`. */
export async function responseError(response: Response): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null);
  const error = property(body, "error");
  const message = property(error, "message");
  const code = property(error, "code");
  return new RequestError(typeof message === "string" ? message : response.statusText, {
    status: response.status,
    code: typeof code === "string" ? code : "",
    details: property(error, "details"),
  });
}

/** No answer came: the network is gone or the server is down. */
export function isNetworkError(error: unknown): boolean {
  if (error instanceof RequestError) return error.status === 0;
  const name = property(error, "name");
  if (name === "AuthRetryableFetchError") return true;
  return (
    error instanceof TypeError && !isChunkError(error) && /fetch|network|load failed/i.test(error.message)
  );
}

/** The server no longer accepts the session: sign in again. */
export function isSessionError(error: unknown): boolean {
  if (error instanceof RequestError)
    return error.status === 401 || error.code === "PGRST301" || error.code === "PGRST303";
  return (
    property(error, "name") === "AuthSessionMissingError" || sessionCodes.has(String(property(error, "code")))
  );
}

/** Codes of "no such row" and of an id that cannot be one. */
const notFoundCodes = new Set(["PGRST116", "22P02"]);

/** The thing asked for does not exist, or not for this user. */
export function isNotFound(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 404 || notFoundCodes.has(error.code));
}

/** Turns anything that was thrown into words for people; never shows a stack, a code or SQL. */
export function describeError(error: unknown): ErrorDescription {
  if (isNetworkError(error)) return messages.network;
  if (isSessionError(error)) return messages.session;
  const name = property(error, "name");
  if (name === "AbortError") return messages.aborted;
  if (isChunkError(error)) return messages.chunk;
  const code = String(property(error, "code") ?? "");
  const authMessage = authMessages[code];
  if (authMessage) return authMessage;
  if (error instanceof RequestError) return describeRequestError(error);
  return messages.unknown;
}

function describeRequestError(error: RequestError): ErrorDescription {
  if (error.code === "42501" || error.status === 403) return messages.forbidden;
  if (isNotFound(error)) return messages.notFound;
  if (error.code === "23505") return messages.duplicate;
  if (error.code === "57014") return messages.timeout;
  const writtenForPeople = error.code !== "" && !/^(PGRST\w+|[0-9A-Z]{5})$/.test(error.code);
  if (error.status === 429)
    return writtenForPeople ? { ...messages.rateLimit, message: error.message } : messages.rateLimit;
  if (error.status >= 500) return messages.server;
  if (writtenForPeople) return { title: "That did not work", message: error.message };
  return messages.unknown;
}

/** A part of the app itself could not be fetched: after an update its old files are gone. */
export function isChunkError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|preload css/i.test(error.message)
  );
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

const sessionCodes = new Set([
  "session_not_found",
  "session_expired",
  "refresh_token_not_found",
  "refresh_token_already_used",
  "bad_jwt",
  "no_authorization",
]);

const messages = {
  network: {
    title: "The server cannot be reached",
    message: "Nothing that was saved is lost. Check your connection, then try again.",
  },
  session: {
    title: "Your session has ended",
    message: "Everything you saved is kept. Sign in again to go on.",
  },
  aborted: { title: "Stopped", message: "What was done so far is kept. You can start again." },
  chunk: {
    title: "This page could not be loaded",
    message: "The app was updated or the connection dropped. Nothing is lost: reload the page.",
  },
  forbidden: {
    title: "You may not do that",
    message: "Nothing was changed. Your role in this workspace does not allow it; ask an owner or an admin.",
  },
  notFound: {
    title: "Not found",
    message: "It does not exist any more, or you have no access to it. Go back and choose another.",
  },
  duplicate: {
    title: "That exists already",
    message: "Nothing was changed. Choose another name or edit the existing one.",
  },
  timeout: {
    title: "That took too long",
    message: "Nothing was changed. Try again, or narrow down what you asked for.",
  },
  rateLimit: {
    title: "Too many requests",
    message: "Nothing is lost. Wait a minute, then try again.",
  },
  server: {
    title: "The server had a problem",
    message: "Nothing that was saved is lost. Try again in a moment.",
  },
  unknown: {
    title: "Something went wrong",
    message: "Nothing that was saved is lost. Try again; if it keeps happening, reload the page.",
  },
} satisfies Record<string, ErrorDescription>;
