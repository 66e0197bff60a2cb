import type { RowList, SavedView } from "@contracts";
import { Bookmark, ChevronDown, Pencil, Plus, RotateCcw, Save, Share2, Trash2, Undo2 } from "lucide-react";
import { lazy, useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Lazily } from "@/components/ui/lazily";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useUserId } from "@/stores/session";
import { useDeleteView, useEditView, useSaveView } from "./queries";
import { useViews } from "./use-views";

const ViewDialog = lazy(() => import("./ViewDialog"));

interface ViewsMenuProps {
  list: RowList;
  /** Parameters of the page's address that mean something in one campaign only; views leave them out. */
  left: readonly string[];
}

/** The saved views of a list: to show one, and to save what is shown. */
export function ViewsMenu(props: ViewsMenuProps) {
  const workspace = useCurrentWorkspace();
  return workspace ? <WorkspaceViews workspace={workspace} {...props} /> : null;
}

function WorkspaceViews({ workspace, list, left }: ViewsMenuProps & { workspace: Workspace }) {
  const { views, error, current, shown, modified, apply, name, leave } = useViews(workspace.id, list, left);
  const [dialog, setDialog] = useState<"save" | "rename" | "delete" | null>(null);
  const save = useSaveView(workspace.id, list);
  const edit = useEditView(workspace.id, list);
  const remove = useDeleteView(workspace.id, list);
  const userId = useUserId();
  const mine = current?.created_by === userId;
  const mayShare = can(workspace.role, "shareViews");
  const mayDelete = mine || can(workspace.role, "changeSettings");
  const close = () => {
    setDialog(null);
    for (const mutation of [save, edit, remove]) mutation.reset();
  };
  const change = (view: SavedView, part: Parameters<typeof edit.mutate>[0]["edit"], said: string) =>
    edit.mutate(
      { id: view.id, edit: part },
      { onSuccess: () => toastSuccess({ title: said }), onError: toastError },
    );
  const groups = [
    { label: "My views", views: views.filter((view) => view.created_by === userId) },
    { label: "Shared by others", views: views.filter((view) => view.created_by !== userId) },
  ].filter((group) => group.views.length > 0);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          render={
            <Button
              className="max-w-52 max-sm:max-w-28"
              aria-label={current ? `View: ${current.name}${modified ? ", modified" : ""}` : "Views"}
            >
              <Bookmark className="text-muted-foreground" />
              <span className="truncate">{current?.name ?? "Views"}</span>
              {modified && <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-primary" />}
              <ChevronDown className="text-muted-foreground" />
            </Button>
          }
        />
        <DropdownMenuContent className="max-w-72">
          {error !== null && <p className="px-2 py-1 text-destructive-text">Views could not be loaded.</p>}
          {groups.map((group) => (
            <DropdownMenuRadioGroup key={group.label} value={current?.id ?? ""}>
              <DropdownMenuLabel>{group.label}</DropdownMenuLabel>
              {group.views.map((view) => (
                <DropdownMenuRadioItem key={view.id} value={view.id} closeOnClick onClick={() => apply(view)}>
                  <span className="truncate">{view.name}</span>
                  {view.is_shared && <Share2 aria-label="shared" className="size-3.5" />}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          ))}
          {groups.length > 0 && <DropdownMenuSeparator />}
          {current && modified && (
            <DropdownMenuItem onClick={() => apply(current)}>
              <Undo2 /> Undo the changes
            </DropdownMenuItem>
          )}
          {current && modified && mine && (
            <DropdownMenuItem onClick={() => change(current, shown, "View updated")}>
              <Save /> Update this view
            </DropdownMenuItem>
          )}
          <DropdownMenuItem onClick={() => setDialog("save")}>
            <Plus /> Save as a new view…
          </DropdownMenuItem>
          {(current || shown.query !== "") && (
            <DropdownMenuItem onClick={leave}>
              <RotateCcw /> Show all {list}
            </DropdownMenuItem>
          )}
          {current && (mine || mayDelete) && <DropdownMenuSeparator />}
          {current && mine && (
            <DropdownMenuItem onClick={() => setDialog("rename")}>
              <Pencil /> Rename…
            </DropdownMenuItem>
          )}
          {current && mine && (mayShare || current.is_shared) && (
            <DropdownMenuItem
              onClick={() =>
                change(
                  current,
                  { is_shared: !current.is_shared },
                  current.is_shared
                    ? "Only you see this view now"
                    : "Everybody in the workspace sees this view now",
                )
              }
            >
              <Share2 /> {current.is_shared ? "Stop sharing" : "Share with the workspace"}
            </DropdownMenuItem>
          )}
          {current && mayDelete && (
            <DropdownMenuItem destructive onClick={() => setDialog("delete")}>
              <Trash2 /> Delete…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Lazily when={dialog === "save"}>
        {dialog === "save" && (
          <ViewDialog
            title="Save as a new view"
            description="Search, filters, sorting and columns as they are now, for every campaign."
            submitLabel="Save view"
            share={mayShare}
            pending={save.isPending}
            error={save.error}
            onClose={close}
            onSubmit={(view) =>
              save.mutate(
                { ...shown, ...view },
                {
                  onSuccess: (id) => {
                    close();
                    name(id);
                    toastSuccess({ title: "View saved", description: view.name });
                  },
                },
              )
            }
          />
        )}
      </Lazily>
      <Lazily when={dialog === "rename"}>
        {dialog === "rename" && current && (
          <ViewDialog
            title="Rename view"
            submitLabel="Rename"
            initialName={current.name}
            pending={edit.isPending}
            error={edit.error}
            onClose={close}
            onSubmit={(view) =>
              edit.mutate({ id: current.id, edit: { name: view.name } }, { onSuccess: close })
            }
          />
        )}
      </Lazily>
      {dialog === "delete" && current && (
        <AlertDialog
          open
          onOpenChange={(open) => !open && close()}
          destructive
          title={`Delete the view ${current.name}?`}
          description={`${current.is_shared ? "It goes for everybody in this workspace. " : ""}What it shows stays as it is.`}
          confirmLabel="Delete view"
          pending={remove.isPending}
          onConfirm={() => remove.mutate(current.id, { onSuccess: close })}
        >
          <ErrorAlert error={remove.error} />
        </AlertDialog>
      )}
    </>
  );
}
