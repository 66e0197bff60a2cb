import type { SecretPurpose } from "@contracts";
import { formatDateTime, formatRelative } from "@/lib/format";
import type { Integration } from "./queries";

/** A secret of an integration: what it is for and when it was saved. */
export interface SecretState {
  purpose: SecretPurpose;
  title: string;
  /** What it does. */
  use: string;
  /** What happens without it, for the question before it is forgotten. */
  without: string;
  /** When it was last saved; null for never. */
  savedAt: string | null;
}

/** The secrets that an integration can have: requests to Clay are not signed, and a header has a value only if it is named. */
export function secretsOf(integration: Integration): SecretState[] {
  const { kind, auth_header, signing_secret_at, header_secret_at } = integration;
  const signing: SecretState = {
    purpose: "signing",
    title: "Signing secret",
    use:
      kind === "clay"
        ? "Callbacks may be signed with it."
        : "Signs every request, so that the service knows it is from here; callbacks may be signed with it too.",
    without:
      "Requests are no longer signed, and callbacks signed with it are refused at once. Those with a job’s token still work.",
    savedAt: signing_secret_at,
  };
  const header: SecretState = {
    purpose: "header",
    title: `Value of ${auth_header ?? "the header"}`,
    use: "Sent with every request; lets us in there.",
    without: "Requests are sent without it, which the service will probably refuse.",
    savedAt: header_secret_at,
  };
  return [
    ...(kind !== "clay" || signing_secret_at !== null ? [signing] : []),
    ...(auth_header !== null || header_secret_at !== null ? [header] : []),
  ];
}

/** "Saved 3 days ago" or that there is none. */
export function savedText({ savedAt }: SecretState, now?: Date): string {
  return savedAt === null ? "Not saved" : `Saved ${formatRelative(savedAt, now)}`;
}

/** The exact moment, for the pointer. */
export function savedTitle({ savedAt }: SecretState): string | undefined {
  return savedAt === null ? undefined : formatDateTime(savedAt);
}

/** What is wrong with a signing secret that is brought along, in words; null if nothing is. */
export function checkSigningSecret(text: string): string | null {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  if (base64 === undefined) return "A signing secret is whsec_ and then base64. Or have one made here.";
  const bytes = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  return bytes < 24 || bytes > 64 ? "A signing secret has 24 to 64 bytes after whsec_." : null;
}
