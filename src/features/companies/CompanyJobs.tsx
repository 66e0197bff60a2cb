import { useQuery } from "@tanstack/react-query";
import { RecordJobs } from "@/components/record/record-jobs";
import { companyJobsOptions } from "./queries";

/** What research did for a company. */
export function CompanyJobs({ campaignId, companyId }: { campaignId: string; companyId: string }) {
  const query = useQuery(companyJobsOptions(campaignId, companyId));
  return <RecordJobs query={query} empty="Not researched yet. Start research from the campaign's header." />;
}
