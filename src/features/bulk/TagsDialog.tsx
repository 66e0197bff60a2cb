import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { distinct } from "@/components/data-table/distinct";
import { WordsFilter } from "@/components/data-table/filter-controls";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { useEditRows } from "./queries";
import { type BulkRecords, type ChosenRows, countText } from "./rows";

interface TagsDialogProps {
  way: "add" | "remove";
  records: BulkRecords;
  chosen: ChosenRows;
  onClose: () => void;
}

const words = {
  add: {
    title: "Add tags",
    label: "Tags to add",
    description: (rows: string) => `To ${rows}. Tags they have already stay.`,
  },
  remove: {
    title: "Remove tags",
    label: "Tags to remove",
    description: (rows: string) => `From ${rows}. Other tags stay.`,
  },
};

/** Which tags to add to the chosen rows, or to take from them. */
export default function TagsDialog({ way, records, chosen, onClose }: TagsDialogProps) {
  const [tags, setTags] = useState<string[]>([]);
  const edit = useEditRows(records, chosen);
  const client = useQueryClient();
  const known = useMemo(
    () => distinct(records.cachedRows(client, chosen.campaignId).flatMap((row) => row.tags)),
    [client, records, chosen.campaignId],
  );
  const { title, label, description } = words[way];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description(countText(chosen))}>
        <ErrorAlert error={edit.error} />
        <WordsFilter
          label={label}
          placeholder="Type a tag, press Enter"
          value={tags}
          onChange={setTags}
          suggestions={known}
        />
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={edit.isPending}
            disabled={tags.length === 0}
            onClick={() =>
              edit.mutate(way === "add" ? { add_tags: tags } : { remove_tags: tags }, { onSuccess: onClose })
            }
          >
            {title}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
