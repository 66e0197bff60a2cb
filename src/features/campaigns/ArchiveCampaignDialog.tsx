import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { formatCount } from "@/lib/format";
import { useMoveCampaign } from "./archive";
import { useCampaignDialogs } from "./dialogs";
import type { Campaign } from "./keys";

/** Asks before a campaign is archived; opened from anywhere through `useCampaignDialogs`. */
export default function ArchiveCampaignDialog({ campaign }: { campaign: Campaign }) {
  const setArchiving = useCampaignDialogs((state) => state.setArchiving);
  const archive = useMoveCampaign("archive");
  const rows = `${formatCount(campaign.company_count, "company", "companies")} and ${formatCount(campaign.contact_count, "contact")}`;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && setArchiving(null)}
      title={`Archive ${campaign.name}?`}
      description={`Its ${rows} leave all lists and searches. They can still be read in the campaign, and it can be restored as it was at any time. Until then nothing in it can be changed, imported or researched.`}
      confirmLabel="Archive campaign"
      pending={archive.isPending}
      onConfirm={() => archive.mutate(campaign, { onSuccess: () => setArchiving(null) })}
    >
      <ErrorAlert error={archive.error} />
    </AlertDialog>
  );
}
