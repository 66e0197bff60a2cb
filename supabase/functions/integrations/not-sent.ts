import { ApiError } from "../_shared/errors.ts";
import type { JobOutcome } from "../_shared/providers/provider.ts";

/** Why nothing was sent, as the outcome of its jobs says. */
export function notSent(outcome: JobOutcome | undefined): ApiError {
  if (!outcome || !("reason" in outcome)) throw new Error("nothing was sent, and nobody says why");
  return new ApiError(outcome.code === "not_set_up" ? 503 : 409, outcome.code, outcome.reason);
}
