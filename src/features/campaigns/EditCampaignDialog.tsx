import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toastSuccess } from "@/components/ui/toast";
import { CampaignForm } from "./CampaignForm";
import type { Campaign } from "./keys";
import { useEditCampaign } from "./queries";

interface EditCampaignDialogProps {
  campaign: Campaign;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Changes a campaign's name and description. */
export default function EditCampaignDialog({ campaign, open, onOpenChange }: EditCampaignDialogProps) {
  const edit = useEditCampaign();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        edit.reset();
      }}
    >
      <DialogContent title="Edit campaign">
        <CampaignForm
          initial={{ name: campaign.name, description: campaign.description ?? "" }}
          submitLabel="Save"
          pending={edit.isPending}
          error={edit.error}
          onSubmit={(values) =>
            edit.mutate(
              { id: campaign.id, ...values },
              {
                onSuccess: () => {
                  onOpenChange(false);
                  toastSuccess({ title: "Campaign saved" });
                },
              },
            )
          }
        />
      </DialogContent>
    </Dialog>
  );
}
