import type { RowList, SavedView } from "@contracts";
import { lazy } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Lazily } from "@/components/ui/lazily";
import { toastSuccess } from "@/components/ui/toast";
import { useDeleteView, useEditView, useSaveView, type ViewEdit } from "./queries";

const ViewDialog = lazy(() => import("./ViewDialog"));

export type OpenDialog = "save" | "rename" | "delete";

interface ViewDialogsProps {
  workspaceId: string;
  list: RowList;
  open: OpenDialog | null;
  onClose: () => void;
  /** The view that is renamed or deleted. */
  current: SavedView | null;
  /** What a new view saves. */
  shown: Pick<Required<ViewEdit>, "query" | "columns">;
  /** A new view may be shared. */
  mayShare: boolean;
  onSaved: (id: string) => void;
}

/** The dialogs of the views menu. */
export function ViewDialogs({ open, current, ...props }: ViewDialogsProps) {
  return (
    <>
      <Lazily when={open === "save"}>{open === "save" && <SaveView {...props} />}</Lazily>
      <Lazily when={open === "rename"}>
        {open === "rename" && current && <RenameView {...props} view={current} />}
      </Lazily>
      {open === "delete" && current && <DeleteView {...props} view={current} />}
    </>
  );
}

type DialogProps = Omit<ViewDialogsProps, "open" | "current">;

function SaveView({ workspaceId, list, shown, mayShare, onSaved, onClose }: DialogProps) {
  const save = useSaveView(workspaceId, list);
  return (
    <ViewDialog
      title="Save as a new view"
      description="Search, filters, sorting and columns as they are now, for every campaign."
      submitLabel="Save view"
      share={mayShare}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={(view) =>
        save.mutate(
          { ...shown, ...view },
          {
            onSuccess: (id) => {
              onClose();
              onSaved(id);
              toastSuccess({ title: "View saved", description: view.name });
            },
          },
        )
      }
    />
  );
}

function RenameView({ workspaceId, list, view, onClose }: DialogProps & { view: SavedView }) {
  const edit = useEditView(workspaceId, list);
  return (
    <ViewDialog
      title="Rename view"
      submitLabel="Rename"
      initialName={view.name}
      pending={edit.isPending}
      error={edit.error}
      onClose={onClose}
      onSubmit={({ name }) => edit.mutate({ id: view.id, edit: { name } }, { onSuccess: onClose })}
    />
  );
}

function DeleteView({ workspaceId, list, view, onClose }: DialogProps & { view: SavedView }) {
  const remove = useDeleteView(workspaceId, list);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete the view ${view.name}?`}
      description={`${view.is_shared ? "It goes for everybody in this workspace. " : ""}What it shows stays as it is.`}
      confirmLabel="Delete view"
      pending={remove.isPending}
      onConfirm={() => remove.mutate(view.id, { onSuccess: onClose })}
    >
      <ErrorAlert error={remove.error} />
    </AlertDialog>
  );
}
