import { Ban, PencilLine, Tag, Tags, Trash2, UserCheck, UserRound } from "lucide-react";
import { lazy, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Lazily } from "@/components/ui/lazily";
import { toastError } from "@/components/ui/toast";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useEditRows } from "./queries";
import type { BulkRecords, ChosenRows } from "./rows";

const TagsDialog = lazy(() => import("./TagsDialog"));
const OwnerDialog = lazy(() => import("./OwnerDialog"));
const MarkContactsDialog = lazy(() => import("./MarkContactsDialog"));
const DeleteRowsDialog = lazy(() => import("./DeleteRowsDialog"));

interface BulkActionsProps {
  records: BulkRecords;
  chosen: ChosenRows;
}

/** What can be changed in all selected rows at once; nothing for viewers. */
export function BulkActions({ records, chosen }: BulkActionsProps) {
  const [dialog, setDialog] = useState<"add" | "remove" | "owner" | "mark" | "unmark" | "delete" | null>(
    null,
  );
  const { mutate } = useEditRows(records, chosen);
  if (!can(useRole(), "editRows")) return null;
  const close = () => setDialog(null);
  // What matches is counted first; picked rows are known.
  const setDoNotContact = (value: boolean) =>
    chosen.settle
      ? setDialog(value ? "mark" : "unmark")
      : mutate({ do_not_contact: value }, { onError: toastError });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          render={
            <Button size="sm">
              <PencilLine />
              Edit
            </Button>
          }
        />
        <DropdownMenuContent side="top">
          <DropdownMenuItem onClick={() => setDialog("add")}>
            <Tag /> Add tags…
          </DropdownMenuItem>
          <DropdownMenuItem onClick={() => setDialog("remove")}>
            <Tags /> Remove tags…
          </DropdownMenuItem>
          <DropdownMenuItem onClick={() => setDialog("owner")}>
            <UserRound /> Set owner…
          </DropdownMenuItem>
          {chosen.list === "contacts" && (
            <>
              <DropdownMenuItem onClick={() => setDoNotContact(true)}>
                <Ban /> Do not contact
              </DropdownMenuItem>
              <DropdownMenuItem onClick={() => setDoNotContact(false)}>
                <UserCheck /> May be contacted
              </DropdownMenuItem>
            </>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem destructive onClick={() => setDialog("delete")}>
            <Trash2 /> Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Lazily when={dialog === "add" || dialog === "remove"}>
        {(dialog === "add" || dialog === "remove") && (
          <TagsDialog way={dialog} records={records} chosen={chosen} onClose={close} />
        )}
      </Lazily>
      <Lazily when={dialog === "owner"}>
        {dialog === "owner" && <OwnerDialog records={records} chosen={chosen} onClose={close} />}
      </Lazily>
      <Lazily when={dialog === "mark" || dialog === "unmark"}>
        {(dialog === "mark" || dialog === "unmark") && (
          <MarkContactsDialog
            doNotContact={dialog === "mark"}
            records={records}
            chosen={chosen}
            onClose={close}
          />
        )}
      </Lazily>
      <Lazily when={dialog === "delete"}>
        {dialog === "delete" && <DeleteRowsDialog records={records} chosen={chosen} onClose={close} />}
      </Lazily>
    </>
  );
}
