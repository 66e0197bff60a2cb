import type { ResearchRun } from "@contracts";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import type { Selection } from "@/components/data-table/selection";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { toastNews, toastSuccess } from "@/components/ui/toast";
import { formatCount, formatNumber } from "@/lib/format";
import type { Job } from "./job-queries";
import type { JobFilter } from "./queries";
import { type Requeued, rerunCount } from "./rerun";
import { useRerun } from "./rerun-queries";

interface RerunJobsProps {
  run: ResearchRun;
  filter: JobFilter;
  selection: Selection;
  /** Those that are loaded. */
  jobs: readonly Job[];
  /** Called when the selected jobs are queued. */
  onDone: () => void;
}

/** Researches the selected jobs again, once the user has read what that means. */
export function RerunJobs({ run, filter, selection, jobs, onDone }: RerunJobsProps) {
  const [asking, setAsking] = useState(false);
  const rerun = useRerun(run.id, filter);
  const count = rerunCount(selection, jobs);
  if (run.status === "cancelled")
    return <span className="text-muted-foreground text-sm">This run was cancelled: start a new one.</span>;
  const close = () => {
    setAsking(false);
    rerun.reset();
  };
  const tell = (result: Requeued) => {
    close();
    onDone();
    tellRequeued(result);
  };
  return (
    <>
      <Button size="sm" disabled={count === 0} onClick={() => setAsking(true)}>
        <RotateCcw />
        Research again{count !== null && ` (${formatNumber(count)})`}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={(next) => !next && close()}
        title={
          count === null ? "Research all of these again?" : `Research ${formatCount(count, "job")} again?`
        }
        description="Each may cost as much as it did. What is found anew is kept beside what is there; what people typed or imported stays. Jobs that are under way are left alone."
        confirmLabel="Research again"
        pending={rerun.isPending}
        onConfirm={() => rerun.mutate(selection, { onSuccess: tell })}
      >
        <ErrorAlert error={rerun.error} />
      </AlertDialog>
    </>
  );
}

function tellRequeued({ requeued, left }: Requeued): void {
  const queued = `${formatCount(requeued, "job")} queued again`;
  if (left > 0)
    toastNews({
      title: queued,
      description: `${formatCount(left, "more job")} could not be queued. Select them and try again.`,
    });
  else if (requeued === 0)
    toastNews({
      title: "Nothing to research again",
      description: "These jobs are under way already, or were deleted.",
    });
  else toastSuccess({ title: queued });
}
