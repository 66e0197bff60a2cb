import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { formatCount } from "@/lib/format";
import type { Campaign } from "./keys";
import { useDeleteCampaign } from "./queries";

interface DeleteCampaignDialogProps {
  campaign: Campaign;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** After it is gone. */
  onDeleted?: () => void;
}

/** Deletes a campaign once its name has been typed. */
export default function DeleteCampaignDialog({
  campaign,
  open,
  onOpenChange,
  onDeleted,
}: DeleteCampaignDialogProps) {
  const [typed, setTyped] = useState("");
  const remove = useDeleteCampaign();
  const change = (next: boolean) => {
    onOpenChange(next);
    setTyped("");
    remove.reset();
  };
  return (
    <AlertDialog
      open={open}
      onOpenChange={change}
      destructive
      title="Delete this campaign?"
      description={`Its ${formatCount(campaign.company_count, "company", "companies")} and ${formatCount(campaign.contact_count, "contact")} go with it, with all research. This cannot be undone.`}
      confirmLabel="Delete campaign"
      confirmDisabled={typed.trim() !== campaign.name.trim()}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(
          { id: campaign.id, workspaceId: campaign.workspace_id },
          {
            onSuccess: () => {
              change(false);
              toastSuccess({ title: "Campaign deleted", description: campaign.name });
              onDeleted?.();
            },
          },
        )
      }
    >
      <ErrorAlert error={remove.error} />
      <Field label={`Type “${campaign.name}” to confirm`}>
        <Input value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
      </Field>
    </AlertDialog>
  );
}
