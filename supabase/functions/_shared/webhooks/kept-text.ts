import { createHash } from "node:crypto";
import { withoutJobTokens } from "./job-token.ts";

const KEPT_BYTES = 64 * 1024;

/** What is kept of a text that was sent or received: without job tokens and these secrets, and at most 64 KB of it. */
export function keptText(text: string, secrets: readonly string[], mark = "(cut)"): string {
  const hidden = secrets
    .filter((secret) => secret !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, "[hidden]"), withoutJobTokens(text));
  const bytes = new TextEncoder().encode(hidden);
  return bytes.length <= KEPT_BYTES
    ? hidden
    : `${new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES - mark.length - 11)).replace(/\uFFFD$/, "")} … ${mark}`;
}

/** The same of a message, told apart from any other that begins like it: when it is cut, it ends with a hash of all of it. */
export function keptMessage(text: string, secrets: readonly string[]): string {
  return keptText(text, secrets, `(cut, SHA-256 ${createHash("sha256").update(text).digest("hex")})`);
}
