import type { Integration } from "@contracts";
import { formatAmount, formatCount } from "@/lib/format";

export const WHO_MANAGES = "Owners and admins add and change integrations.";

/** How much goes to an integration at once, and what it costs: "10 companies a request · up to 20 requests at once". */
export function paceText(integration: Integration): string {
  const { batch_size, max_in_flight, requests_per_second, cost_per_job } = integration;
  return [
    `${formatCount(batch_size, "company", "companies")} a request`,
    `up to ${formatCount(max_in_flight, "request")} at once`,
    requests_per_second !== null && `at most ${requests_per_second} a second`,
    cost_per_job > 0 && `${formatAmount(cost_per_job)} a job`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What is said once settings are saved. The value of a header stays with the host it was saved for. */
export function savedWords(before: Integration, after: Integration): { title: string; description: string } {
  const isForgotten = before.header_secret_at !== null && after.header_secret_at === null;
  return {
    title: "Settings saved",
    description: isForgotten
      ? "The address is on another host now, so the header’s value was forgotten. Save it again below."
      : "Requests from now on follow them.",
  };
}

/** What is missing before an integration works well, as a sentence; null if nothing is. */
export function missingText(integration: Integration): string | null {
  const { kind, auth_header, header_secret_at, signing_secret_at } = integration;
  if (auth_header !== null && header_secret_at === null)
    return `The value of the header ${auth_header} is not saved yet.`;
  if (kind !== "clay" && auth_header === null && signing_secret_at === null)
    return "Requests are not signed yet: whoever knows the address can send some too.";
  return null;
}
