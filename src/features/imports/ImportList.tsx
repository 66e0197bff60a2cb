import type { ImportJob } from "@contracts";
import { FileSpreadsheet } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatBytes, formatCount, formatDateTime, formatNumber } from "@/lib/format";
import { RejectedDownload } from "./ImportProgress";
import { openContinueDialog } from "./import-dialog";

const STATUS = {
  running: { label: "Unfinished", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
} as const;

function resultOf({ created_rows, updated_rows, duplicate_rows, rejected_rows, kind }: ImportJob): string {
  const created =
    kind === "companies"
      ? formatCount(created_rows, "new company", "new companies")
      : formatCount(created_rows, "new contact");
  return [
    created,
    updated_rows > 0 && `${formatCount(updated_rows, "row")} updated`,
    duplicate_rows > 0 && `${formatCount(duplicate_rows, "row")} already there`,
    rejected_rows > 0 && `${formatCount(rejected_rows, "row")} rejected`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** How much of an unfinished import is saved: "3,000 of 8,500 rows saved". */
function savedOf({ processed_rows: saved, total_rows: total }: ImportJob): string {
  if (total === null) return `${formatCount(saved, "row")} saved`;
  return `${formatNumber(saved)} of ${formatCount(total, "row")} saved`;
}

/** One earlier import: what it brought, its rejected rows, and the way to continue it. */
function ImportItem({ job, mayImport }: { job: ImportJob; mayImport: boolean }) {
  const { label, variant } = STATUS[job.status];
  const unfinished = job.status === "running";
  return (
    <li className="flex items-center gap-3 px-4 py-3 max-sm:flex-wrap">
      <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-muted-foreground max-sm:hidden" />
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={job.file_name}>
            {job.file_name}
          </span>
          <Badge variant={variant}>{label}</Badge>
        </p>
        <p className="text-muted-foreground text-sm">
          {unfinished && `${savedOf(job)} · `}
          {resultOf(job)} ·{" "}
          <TimeAgo
            at={job.created_at}
            title={`${formatDateTime(job.created_at)}, ${formatBytes(job.file_size)}`}
          />
        </p>
      </div>
      <div className="flex shrink-0 gap-2 empty:hidden">
        <RejectedDownload job={job} count={job.rejected_rows} />
        {unfinished && mayImport && job.mapping && (
          <Button size="sm" onClick={() => openContinueDialog(job)}>
            Continue…
          </Button>
        )}
      </div>
    </li>
  );
}

interface ImportListProps {
  jobs: readonly ImportJob[];
  mayImport: boolean;
}

/** Earlier imports of a campaign. */
export function ImportList({ jobs, mayImport }: ImportListProps) {
  return (
    <ul aria-label="Earlier imports" className="divide-y rounded-lg border bg-card">
      {jobs.map((job) => (
        <ImportItem key={job.id} job={job} mayImport={mayImport} />
      ))}
    </ul>
  );
}
