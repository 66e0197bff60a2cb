import type { ResearchRun } from "@contracts";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import type { Selection } from "@/components/data-table/selection";
import { Button } from "@/components/ui/button";
import { formatNumber } from "@/lib/format";
import type { Job } from "./job-queries";
import type { JobFilter } from "./queries";
import { RerunDialog } from "./RerunDialog";
import { pickedJobs } from "./rerun";

interface RerunJobsProps {
  run: ResearchRun;
  filter: JobFilter;
  selection: Selection;
  /** Those that are loaded. */
  jobs: readonly Job[];
  /** Selects just the jobs with these ids. */
  onSelectOnly: (ids: readonly string[]) => void;
}

/** Researches the selected jobs again, once the user has read what that means. */
export function RerunJobs({ run, filter, selection, jobs, onSelectOnly }: RerunJobsProps) {
  const [asking, setAsking] = useState(false);
  const picked = pickedJobs(selection, jobs, filter);
  if (run.status === "cancelled")
    return <span className="text-muted-foreground text-sm">This run was cancelled: start a new one.</span>;
  return (
    <>
      <Button size="sm" disabled={picked?.length === 0} onClick={() => setAsking(true)}>
        <RotateCcw />
        Research again{picked !== null && ` (${formatNumber(picked.length)})`}
      </Button>
      {asking && (
        <RerunDialog
          runId={run.id}
          filter={filter}
          picked={picked}
          onClose={() => setAsking(false)}
          onDone={({ left }) => onSelectOnly(left.map(String))}
        />
      )}
    </>
  );
}
