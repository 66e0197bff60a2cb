import type { UseQueryResult } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";
import { JOB_STATUS, STAGE_LABEL } from "./job-labels";
import type { RecordJob } from "./read-jobs";
import { RecordSection } from "./record-section";
import { SectionState } from "./section-state";

interface RecordJobsProps {
  query: UseQueryResult<readonly RecordJob[]>;
  /** What is said when there are none, and what to do about it. */
  empty: string;
}

/** What research did for a record at each stage, newest first, and why something failed. */
export function RecordJobs({ query, empty }: RecordJobsProps) {
  return (
    <RecordSection title="Research">
      <SectionState query={query} empty={empty} />
      <ul className="flex flex-col">
        {query.data?.map((job) => {
          const { label, variant } = JOB_STATUS[job.status];
          return (
            <li key={job.id} className="flex flex-col gap-0.5 border-t py-1.5 text-sm first:border-t-0">
              <span className="flex items-center gap-2">
                <span className="font-medium">{STAGE_LABEL[job.stage]}</span>
                <Badge variant={variant}>{label}</Badge>
                <span className="ml-auto text-muted-foreground text-xs">
                  {job.attempt > 1 && `${job.attempt} attempts · `}
                  {formatDateTime(job.finished_at ?? job.created_at)}
                </span>
              </span>
              {job.error_message !== null && job.status !== "completed" && (
                <span className="break-words text-destructive-text text-xs">{job.error_message}</span>
              )}
            </li>
          );
        })}
      </ul>
    </RecordSection>
  );
}
