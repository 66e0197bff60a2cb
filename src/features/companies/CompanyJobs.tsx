import { useQuery } from "@tanstack/react-query";
import { JOB_STATUS, STAGE_LABEL } from "@/components/record/job-labels";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { Badge } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";
import { companyJobsOptions } from "./queries";

/** What research did for a company at each stage, newest first, and why something failed. */
export function CompanyJobs({ campaignId, companyId }: { campaignId: string; companyId: string }) {
  const query = useQuery(companyJobsOptions(campaignId, companyId));
  return (
    <RecordSection title="Research">
      <SectionState query={query} empty="Not researched yet. Start research from the campaign's header." />
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
