import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ListRow } from "@/components/data-table/pages";
import type { RecordList } from "@/components/data-table/record-list";
import { editedFields } from "./edited-fields";
import { fieldEditOf, tellUnsaved } from "./unsaved";

/**
 * Changes a record by `update`, which gives its row as saved; shown at once everywhere. If it fails it is taken back, and the user
 * is told what of theirs is not saved, with the way to save it again. `labels` are the fields' names.
 */
export function useEditRecord<
  Row extends ListRow & { campaign_id: string; name: string },
  Edit extends Partial<Row>,
  Filter,
>(
  { keys, patch }: RecordList<Row, Filter>,
  labels: ReadonlyMap<string, string>,
  update: (record: Row, edit: Edit) => Promise<Row>,
) {
  const client = useQueryClient();
  type Variables = { record: Row; edit: Edit };
  const mutation: UseMutationResult<Row, Error, Variables> = useMutation({
    mutationFn: ({ record, edit }: Variables) => update(record, edit),
    onMutate: async ({ record, edit }) => {
      // An answer that is under way was read before the change.
      await client.cancelQueries({ queryKey: keys.detail(record.campaign_id, record.id) });
      patch(client, record.campaign_id, record.id, edit);
    },
    onSuccess: (row, { edit }) => patch(client, row.campaign_id, row.id, editedFields(row, edit)),
    onError: (error, { record, edit }) => {
      patch(client, record.campaign_id, record.id, editedFields(record, edit));
      tellUnsaved(error, fieldEditOf(record, edit, labels), () => mutation.mutate({ record, edit }));
    },
  });
  return mutation;
}
