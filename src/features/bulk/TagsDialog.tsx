import { useQueryClient } from "@tanstack/react-query";
import { useId, useMemo } from "react";
import { distinct } from "@/components/data-table/distinct";
import { useSettled } from "@/components/data-table/settled";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { tagText } from "@/lib/tags";
import { useEditRows } from "./queries";
import { type BulkRecords, type ChosenRows, countText, tagsIn, tagsProblem } from "./rows";

interface TagsDialogProps {
  way: "add" | "remove";
  records: BulkRecords;
  chosen: ChosenRows;
  onClose: () => void;
}

const words = {
  add: {
    title: "Add tags",
    description: (rows: string) => `To ${rows}. Tags they have already stay.`,
  },
  remove: {
    title: "Remove tags",
    description: (rows: string) => `From ${rows}. Other tags stay.`,
  },
};

/** Which tags to add to the chosen rows, or to take from them. */
export default function TagsDialog({ way, records, chosen, onClose }: TagsDialogProps) {
  const { rows, ready, error } = useSettled(chosen);
  const edit = useEditRows(records, rows);
  const client = useQueryClient();
  const listId = useId();
  const known = useMemo(
    () => distinct(records.cachedRows(client, chosen.campaignId).flatMap((row) => row.tags)),
    [client, records, chosen.campaignId],
  );
  const { title, description } = words[way];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description(countText(rows))}>
        <Form<{ tags: string }>
          onFormSubmit={({ tags }) => {
            const patch = way === "add" ? { add_tags: tagsIn(tags) } : { remove_tags: tagsIn(tags) };
            edit.mutate(patch, { onSuccess: onClose });
          }}
        >
          <ErrorAlert error={error ?? edit.error} />
          <Field
            name="tags"
            label="Tags"
            description="Separate several with commas."
            validate={(text) => tagsProblem(tagsIn(text))}
          >
            <Input list={listId} autoComplete="off" placeholder="hot, met in Berlin" />
          </Field>
          <datalist id={listId}>
            {known.map((tag) => (
              <option key={tag} value={tagText(tag)} />
            ))}
          </datalist>
          <DialogFooter>
            <DialogClose render={<Button />}>Cancel</DialogClose>
            <Button
              type="submit"
              variant="primary"
              pending={edit.isPending}
              disabled={!ready || rows.total === 0}
            >
              {title}
            </Button>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
