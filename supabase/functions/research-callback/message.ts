import { createHash, randomUUID } from "node:crypto";
import { isDeeperThan } from "../_shared/contracts/webhook-data.ts";
import { type ReceivedResult, readResults } from "../_shared/contracts/webhooks.ts";
import { ApiError } from "../_shared/errors.ts";
import { parseJson } from "../_shared/http.ts";
import { withoutJobTokens } from "../_shared/webhooks/job-token.ts";

/** Nothing in a callback is deeper: `data` may have 20 levels. */
const MOST_LEVELS = 50;

/** What the body says, without secrets in it. Throws 400s. */
export function readMessage(body: Uint8Array, secrets: readonly string[]) {
  const text = secrets.reduce(
    (rest, secret) => rest.replaceAll(secret, "[hidden]"),
    withoutJobTokens(new TextDecoder().decode(body)),
  );
  const json = parseJson(text);
  if (isDeeperThan(json, MOST_LEVELS)) {
    throw new ApiError(400, "bad_results", `The results are nested more than ${MOST_LEVELS} levels deep.`);
  }
  const received = readResults(json);
  if (!received.ok) throw new ApiError(400, "bad_results", received.error);
  return { json, results: received.results, dropped: received.notes };
}

/** What tells repeats of an unsigned message. Each heartbeat is one of its own, although they are all the same. */
export function idOfUnsigned(token: string, body: Uint8Array, results: readonly ReceivedResult[]): string {
  if (results.every((one) => one.status === "progress")) return `token:${randomUUID()}`;
  return `token:${createHash("sha256").update(`${token}\n`).update(body).digest("hex")}`;
}
