import { useNavigate } from "react-router-dom";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { CampaignForm } from "./CampaignForm";
import { useCampaignDialogs } from "./dialogs";
import { useCreateCampaign } from "./queries";

/** Makes a campaign in the workspace and opens it; opened from anywhere through `useCampaignDialogs`. */
export default function CreateCampaignDialog({ workspaceId }: { workspaceId: string }) {
  const { creating, setCreating } = useCampaignDialogs();
  const create = useCreateCampaign();
  const navigate = useNavigate();
  return (
    <Dialog
      open={creating}
      onOpenChange={(open) => {
        setCreating(open);
        create.reset();
      }}
    >
      <DialogContent title="New campaign" description="A list of companies to research. You add them next.">
        <CampaignForm
          submitLabel="Create campaign"
          pending={create.isPending}
          error={create.error}
          onSubmit={(values) =>
            create.mutate(
              { workspaceId, ...values },
              {
                onSuccess: (id) => {
                  setCreating(false);
                  void navigate(`/c/${id}/companies`);
                },
              },
            )
          }
        />
      </DialogContent>
    </Dialog>
  );
}
