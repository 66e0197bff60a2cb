import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ListRow } from "@/components/data-table/pages";
import type { RecordList } from "@/components/data-table/record-list";
import { editedFields } from "./edited-fields";

/** Changes a record by `update`, which gives its row as saved; shown at once everywhere, taken back if it fails. */
export function useEditRecord<Row extends ListRow, Edit extends Partial<Row>, Filter>(
  { keys, patch }: RecordList<Row, Filter>,
  campaignId: string,
  update: (id: string, edit: Edit) => Promise<Row>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ record, edit }: { record: Row; edit: Edit }) => update(record.id, edit),
    onMutate: async ({ record, edit }) => {
      // An answer that is under way was read before the change.
      await client.cancelQueries({ queryKey: keys.detail(campaignId, record.id) });
      patch(client, campaignId, record.id, edit);
    },
    onSuccess: (row, { edit }) => patch(client, campaignId, row.id, editedFields(row, edit)),
    onError: (_error, { record, edit }) => patch(client, campaignId, record.id, editedFields(record, edit)),
  });
}
