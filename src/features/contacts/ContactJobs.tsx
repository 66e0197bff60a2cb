import { useQuery } from "@tanstack/react-query";
import { RecordJobs } from "@/components/record/record-jobs";
import { useLiveContactJobs } from "./live";
import { contactJobsOptions } from "./queries";

/** Whether a contact was enriched and handed on, and what came of it. */
export function ContactJobs({ campaignId, contactId }: { campaignId: string; contactId: string }) {
  const query = useQuery(contactJobsOptions(campaignId, contactId));
  useLiveContactJobs(campaignId, contactId);
  return (
    <RecordJobs
      query={query}
      empty="Neither enriched nor handed on yet. Start research from the campaign's header, or for selected contacts."
    />
  );
}
