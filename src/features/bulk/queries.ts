import type { RowPatch } from "@contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNoteTask } from "@/features/tasks/queries";
import { rpc } from "@/lib/rpc";
import { type BulkRecords, type ChosenRows, fieldsBefore, patchedFields, pickedRows } from "./rows";

/**
 * Changes all chosen rows, as a task that is done at once or goes on in the background. Few picked rows are shown as changed at once, and
 * as before if it fails.
 */
export function useEditRows(records: BulkRecords, chosen: ChosenRows) {
  const client = useQueryClient();
  const { campaignId, list, filter } = chosen;
  const note = useNoteTask();
  const undo = (rows: ReturnType<BulkRecords["cachedRows"]>, patch: RowPatch) => {
    for (const row of rows) records.patch(client, campaignId, row.id, fieldsBefore(row, patch));
  };
  return useMutation({
    mutationFn: (patch: RowPatch) => rpc("edit_matching", { campaign_id: campaignId, list, filter, patch }),
    onMutate: (patch) => {
      const before = pickedRows(records.cachedRows(client, campaignId), chosen);
      for (const row of before) records.patch(client, campaignId, row.id, patchedFields(row, patch));
      return { before };
    },
    onError: (_error, patch, context) => undo(context?.before ?? [], patch),
    onSuccess: (task, patch, { before }) => {
      if (task.status === "failed") undo(before, patch);
      note(task);
    },
  });
}

/** Deletes all chosen rows, companies with their contacts; a task as with `useEditRows`. */
export function useDeleteRows(chosen: ChosenRows) {
  const { campaignId, list, filter } = chosen;
  const note = useNoteTask();
  return useMutation({
    mutationFn: () => rpc("delete_matching", { campaign_id: campaignId, list, filter }),
    onSuccess: note,
  });
}
