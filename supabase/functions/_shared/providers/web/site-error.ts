import { isPassing, OutboundError } from "../../outbound/errors.ts";

/** Why a page could not be read. Outbound codes are kept as they are. */
export type SiteErrorCode =
  | OutboundError["code"]
  | "no_website"
  | "robots_disallowed"
  | "not_found"
  | "http_error"
  | "not_html"
  | "empty_page"
  | "bad_source"
  | "not_json"
  | "no_items"
  | "too_many_companies"
  | "slice_over";

/** A page or site that cannot be read. `message` is a sentence for the user. */
export class SiteError extends Error {
  override readonly name = "SiteError";
  readonly code: SiteErrorCode;
  /** True when trying again later may help. */
  readonly passing: boolean;
  /** What the site asked for with Retry-After, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    code: SiteErrorCode,
    message: string,
    options: { passing?: boolean; retryAfterMs?: number | null } = {},
  ) {
    super(message);
    this.code = code;
    this.passing = options.passing ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Turns a failed request into a SiteError; anything that is not a network failure is thrown on. */
export function toSiteError(error: unknown): SiteError {
  if (error instanceof SiteError) return error;
  if (!(error instanceof OutboundError)) throw error;
  return new SiteError(error.code, `${error.message}.`, { passing: isPassing(error) });
}
