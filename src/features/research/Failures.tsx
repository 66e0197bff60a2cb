import type { FailureGroup, Progress } from "@contracts";
import { ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { toastError } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { formatCount, formatNumber } from "@/lib/format";
import { useUrlState } from "@/lib/url-state";
import { failedFor, jobListParams } from "./job-filter";
import { useRetryFailed } from "./run-queries";

interface FailuresProps {
  progress: Progress;
  mayRetry: boolean;
  /** Told when the list of jobs was narrowed to those of one reason. */
  onShown: () => void;
}

/** Why jobs of a run failed, the most frequent reason first; each leads to its jobs in the list of them. */
export function Failures({ progress, mayRetry, onShown }: FailuresProps) {
  const { failures, run } = progress;
  const retry = useRetryFailed(run.id);
  const [{ code }, setState] = useUrlState(jobListParams);
  if (failures.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <h3 className="font-semibold">Why some failed</h3>
      </CardHeader>
      <ul className="divide-y">
        {failures.map((group) => {
          const { error_code, error_message, count } = group;
          return (
            <li
              key={error_code}
              className={cn("flex items-center text-sm", error_code === code && "bg-muted")}
            >
              <Reason
                group={group}
                isShown={error_code === code}
                onShow={() => {
                  setState(failedFor(error_code ?? ""), { push: true });
                  onShown();
                }}
              />
              {mayRetry && failures.length > 1 && error_code !== null && (
                <Button
                  size="sm"
                  className="mr-4"
                  pending={retry.isPending && retry.variables === error_code}
                  aria-label={`Retry ${formatCount(count, "job")} that failed like this: ${error_message ?? error_code}`}
                  onClick={() => retry.mutate(error_code, { onError: toastError })}
                >
                  Retry
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

interface ReasonProps {
  group: FailureGroup;
  /** Its jobs are those in the list. */
  isShown: boolean;
  onShow: () => void;
}

function Reason({ group: { count, error_message }, isShown, onShow }: ReasonProps) {
  return (
    <button
      type="button"
      aria-current={isShown}
      className="flex min-w-0 flex-1 items-baseline gap-3 px-4 py-2 text-left -outline-offset-2 hover:bg-muted"
      onClick={onShow}
    >
      <span className="w-12 shrink-0 text-right font-medium tabular-nums">
        <span className="sr-only">Show jobs: </span>
        {formatNumber(count)}
      </span>
      <span className="min-w-0 flex-1 break-words">
        {count > 1 && <span className="text-muted-foreground">For example: </span>}
        {error_message ?? "No reason was given."}
      </span>
      <ListFilter aria-hidden className="size-3.5 shrink-0 self-center text-muted-foreground" />
    </button>
  );
}
