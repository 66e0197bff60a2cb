import { useSettled } from "@/components/data-table/settled";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { useEditRows } from "./queries";
import { type BulkRecords, type ChosenRows, countText } from "./rows";

interface MarkContactsDialogProps {
  /** What they become: not to be contacted, or allowed to be. */
  doNotContact: boolean;
  records: BulkRecords;
  chosen: ChosenRows;
  onClose: () => void;
}

/** Asks before all contacts that match are marked. */
export default function MarkContactsDialog(props: MarkContactsDialogProps) {
  const { doNotContact, records, chosen, onClose } = props;
  const { rows, ready, error } = useSettled(chosen);
  const edit = useEditRows(records, rows);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Mark ${countText(rows)}?`}
      description={
        doNotContact ? "They become “Do not contact”." : "They may be contacted, also those marked otherwise."
      }
      confirmLabel="Mark"
      pending={edit.isPending}
      confirmDisabled={!ready || rows.total === 0}
      onConfirm={() => edit.mutate({ do_not_contact: doNotContact }, { onSuccess: onClose })}
    >
      <ErrorAlert error={error ?? edit.error} />
    </AlertDialog>
  );
}
