import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { toastNews, toastSuccess } from "@/components/ui/toast";
import { describeError } from "@/lib/errors";
import { formatCount, formatNumber } from "@/lib/format";
import type { JobFilter } from "./queries";
import { MOST_RERUN, type Requeued } from "./rerun";
import { jobsToRerunOptions, useRerun } from "./rerun-queries";

interface RerunDialogProps {
  runId: string;
  filter: JobFilter;
  /** The jobs; null for those that match the filter and have ended. */
  picked: readonly number[] | null;
  onClose: () => void;
  /** Told what became of it once it was asked for. */
  onDone: (result: Requeued) => void;
}

/** Asks before jobs are researched again: exactly those that it counts. */
export function RerunDialog({ runId, filter, picked, onClose, onDone }: RerunDialogProps) {
  const { data, error } = useQuery(jobsToRerunOptions(runId, filter, picked, useId()));
  const rerun = useRerun(runId, (result) => {
    onClose();
    onDone(result);
    tellRequeued(result);
  });
  const ids = data?.ids ?? [];
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Research ${data ? formatCount(ids.length, "job") : "these jobs"} again?`}
      description="Each may cost as much as it did. What is found anew is kept beside what is there; what people typed or imported stays. Jobs that are under way are left alone."
      confirmLabel="Research again"
      pending={rerun.isPending}
      confirmDisabled={ids.length === 0}
      onConfirm={() => rerun.mutate(ids)}
    >
      {!data && !error && (
        <p role="status" className="text-muted-foreground text-sm">
          Counting them…
        </p>
      )}
      {data?.isCut && (
        <p className="text-sm">
          More match: these are the newest {formatNumber(MOST_RERUN)}. The others can be researched again
          after them.
        </p>
      )}
      <ErrorAlert error={error ?? rerun.error} />
    </AlertDialog>
  );
}

function tellRequeued({ requeued, left, error }: Requeued): void {
  const queued = `${formatCount(requeued, "job")} queued again`;
  if (left.length > 0) {
    const { title, message } = describeError(error);
    toastNews({
      title: `${queued}, ${formatNumber(left.length)} not`,
      description: `${title}. ${message} Those that are not queued are selected.`,
    });
  } else if (requeued === 0)
    toastNews({
      title: "Nothing to research again",
      description: "These jobs are under way already, or were deleted.",
    });
  else toastSuccess({ title: queued });
}
