import { useQueryClient } from "@tanstack/react-query";
import { useSettled } from "@/components/data-table/settled";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { formatCount } from "@/lib/format";
import { useTableSelection } from "@/stores/table-selection";
import { useDeleteRows } from "./queries";
import { type BulkRecords, type ChosenRows, countText, pickedRows } from "./rows";

interface DeleteRowsDialogProps {
  records: BulkRecords;
  chosen: ChosenRows;
  onClose: () => void;
}

/** What goes with the rows; exactly how many contacts, where all of the companies are loaded. */
function companionsText(chosen: ChosenRows, rows: readonly { contact_count?: number }[]): string {
  if (chosen.list === "contacts") return "";
  const contacts = rows.reduce((sum, row) => sum + (row.contact_count ?? 0), 0);
  const known = chosen.total !== null && rows.length === chosen.total;
  return ` ${known ? `Their ${formatCount(contacts, "contact")}` : "Their contacts"}, investments and research go with them.`;
}

/** Asks before the chosen rows are deleted. */
export default function DeleteRowsDialog({ records, chosen, onClose }: DeleteRowsDialogProps) {
  const { rows: doomed, ready, error } = useSettled(chosen);
  const remove = useDeleteRows(doomed);
  const client = useQueryClient();
  const clear = useTableSelection((state) => state.clear);
  const rows = pickedRows(records.cachedRows(client, chosen.campaignId), doomed);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete ${countText(doomed)}?`}
      description={`They leave this campaign for good.${companionsText(doomed, rows)} This cannot be undone.`}
      confirmLabel="Delete"
      pending={remove.isPending}
      confirmDisabled={!ready || doomed.total === 0}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            onClose();
            clear();
          },
        })
      }
    >
      <ErrorAlert error={error ?? remove.error} />
    </AlertDialog>
  );
}
