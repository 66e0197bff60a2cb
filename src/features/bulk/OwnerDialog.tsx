import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "@/components/data-table/settled";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { membersOptions } from "@/features/members/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { useEditRows } from "./queries";
import { type BulkRecords, type ChosenRows, countText } from "./rows";

interface OwnerDialogProps {
  records: BulkRecords;
  chosen: ChosenRows;
  onClose: () => void;
}

const NOBODY = "nobody";

/** Whose the chosen rows are to be: a member's, or nobody's. */
export default function OwnerDialog({ records, chosen, onClose }: OwnerDialogProps) {
  const workspaceId = useCurrentWorkspace()?.id;
  const members = useQuery({ ...membersOptions(workspaceId ?? ""), enabled: workspaceId !== undefined });
  const [owner, setOwner] = useState<string | null>(null);
  const { rows, ready, error } = useSettled(chosen);
  const edit = useEditRows(records, rows);
  const people = (members.data ?? []).map(({ user_id, email }) => ({ value: user_id, label: email }));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Set owner" description={`Of ${countText(rows)}. It says who looks after them.`}>
        <ErrorAlert error={error ?? edit.error ?? members.error} />
        <Field label="Owner">
          <Select
            options={[{ value: NOBODY, label: "Nobody" }, ...people]}
            value={owner}
            onValueChange={setOwner}
            placeholder={members.isPending ? "Loading…" : "Choose somebody…"}
          />
        </Field>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={edit.isPending}
            disabled={owner === null || !ready || rows.total === 0}
            onClick={() => edit.mutate({ owner_id: owner === NOBODY ? null : owner }, { onSuccess: onClose })}
          >
            Set owner
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
