import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ListRow } from "@/components/data-table/pages";
import type { RecordList } from "@/components/data-table/record-list";
import { editedFields } from "./edited-fields";

/** Changes a record by `update`, which gives its row as saved; shown at once everywhere, taken back if it fails. */
export function useEditRecord<
  Row extends ListRow & { campaign_id: string },
  Edit extends Partial<Row>,
  Filter,
>({ keys, patch }: RecordList<Row, Filter>, update: (record: Row, edit: Edit) => Promise<Row>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ record, edit }: { record: Row; edit: Edit }) => update(record, edit),
    onMutate: async ({ record, edit }) => {
      // An answer that is under way was read before the change.
      await client.cancelQueries({ queryKey: keys.detail(record.campaign_id, record.id) });
      patch(client, record.campaign_id, record.id, edit);
    },
    onSuccess: (row, { edit }) => patch(client, row.campaign_id, row.id, editedFields(row, edit)),
    onError: (_error, { record, edit }) =>
      patch(client, record.campaign_id, record.id, editedFields(record, edit)),
  });
}
