import type { Progress } from "@contracts";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { toastError } from "@/components/ui/toast";
import { formatCount, formatNumber } from "@/lib/format";
import { useRetryReason } from "./run-queries";

/** Why jobs of a run failed, the most frequent reason first. */
export function Failures({ progress, mayRetry }: { progress: Progress; mayRetry: boolean }) {
  const { failures, run } = progress;
  const retry = useRetryReason(run.id);
  if (failures.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <h3 className="font-semibold">Why some failed</h3>
      </CardHeader>
      <ul className="divide-y">
        {failures.map(({ error_code, error_message, count }) => (
          <li key={error_code} className="flex items-baseline gap-3 px-4 py-2 text-sm">
            <span className="w-12 shrink-0 text-right font-medium tabular-nums">{formatNumber(count)}</span>
            <span className="min-w-0 flex-1 break-words">
              {count > 1 && <span className="text-muted-foreground">For example: </span>}
              {error_message ?? "No reason was given."}
            </span>
            {mayRetry && failures.length > 1 && error_code !== null && (
              <Button
                size="sm"
                pending={retry.isPending && retry.variables === error_code}
                aria-label={`Retry ${formatCount(count, "job")} that failed like this: ${error_message ?? error_code}`}
                onClick={() => retry.mutate(error_code, { onError: toastError })}
              >
                Retry
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
