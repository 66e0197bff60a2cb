import type { RedeliverResult } from "@contracts";
import { formatCount } from "@/lib/format";

/** Whether a request that was sent again was taken. */
export function isResentWell({ delivery }: RedeliverResult): boolean {
  return delivery.error_reason === null;
}

/** What came of a request that was sent again, in a headline and a sentence. */
export function resentWords(result: RedeliverResult): { title: string; description: string } {
  const { delivery, completed, accepted } = result;
  if (delivery.error_reason !== null)
    return { title: "It was sent again and failed", description: delivery.error_reason };
  if (completed > 0) return { title: "Sent again", description: `${formatCount(completed, "result")} used.` };
  if (accepted > 0)
    return {
      title: "Sent again",
      description: `The service has taken it: ${formatCount(accepted, "result")} to come by callback.`,
    };
  return {
    title: "Sent again",
    description:
      "Nothing changed: no job of it waits for this. A result that comes later still counts where there is none.",
  };
}
