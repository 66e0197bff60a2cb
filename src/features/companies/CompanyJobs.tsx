import { useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { Badge } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";
import { companyJobsOptions } from "./queries";

const STATUS: Record<string, { label: string; variant: ComponentProps<typeof Badge>["variant"] }> = {
  queued: { label: "Queued", variant: "neutral" },
  processing: { label: "Working", variant: "info" },
  waiting: { label: "Waiting", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
  cancelled: { label: "Cancelled", variant: "outline" },
};

const STAGE: Record<string, string> = { company: "Company", contacts: "Contacts" };

/** What research did for a company at each stage, newest first, and why something failed. */
export function CompanyJobs({ campaignId, companyId }: { campaignId: string; companyId: string }) {
  const query = useQuery(companyJobsOptions(campaignId, companyId));
  return (
    <RecordSection title="Research">
      <SectionState query={query} empty="Not researched yet. Start research from the campaign's header." />
      <ul className="flex flex-col">
        {query.data?.map((job) => {
          const { label, variant } = STATUS[job.status] ?? { label: job.status, variant: "neutral" };
          return (
            <li key={job.id} className="flex flex-col gap-0.5 border-t py-1.5 text-sm first:border-t-0">
              <span className="flex items-center gap-2">
                <span className="font-medium">{STAGE[job.stage] ?? job.stage}</span>
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
