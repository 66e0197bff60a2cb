import type { RowList, SavedView } from "@contracts";
import { Bookmark, ChevronDown, Pencil, Plus, RotateCcw, Save, Share2, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
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
import { toastError, toastSuccess } from "@/components/ui/toast";
import { useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useUserId } from "@/stores/session";
import { viewPermissions } from "./permissions";
import { useEditView, type ViewEdit } from "./queries";
import { useViews } from "./use-views";
import { type OpenDialog, ViewDialogs } from "./ViewDialogs";

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

const nothing = { edit: false, share: false, remove: false };

function WorkspaceViews({ workspace, list, left }: ViewsMenuProps & { workspace: Workspace }) {
  const { views, error, current, shown, modified, apply, name, leave } = useViews(workspace.id, list, left);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const edit = useEditView(workspace.id, list);
  const userId = useUserId();
  const may = current ? viewPermissions(current, userId, workspace.role) : nothing;
  const change = (view: SavedView, part: ViewEdit, said: string) =>
    edit.mutate(
      { id: view.id, edit: part },
      { onSuccess: () => toastSuccess({ title: said }), onError: toastError },
    );
  const toggleSharing = (view: SavedView) =>
    change(
      view,
      { is_shared: !view.is_shared },
      view.is_shared ? "Only you see this view now" : "Everybody in the workspace sees this view now",
    );
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
          <ViewGroups views={views} userId={userId} currentId={current?.id} onApply={apply} />
          {current && modified && (
            <DropdownMenuItem onClick={() => apply(current)}>
              <Undo2 /> Undo the changes
            </DropdownMenuItem>
          )}
          {current && modified && may.edit && (
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
          {(may.edit || may.share || may.remove) && <DropdownMenuSeparator />}
          {may.edit && (
            <DropdownMenuItem onClick={() => setDialog("rename")}>
              <Pencil /> Rename…
            </DropdownMenuItem>
          )}
          {current && may.share && (
            <DropdownMenuItem onClick={() => toggleSharing(current)}>
              <Share2 /> {current.is_shared ? "Stop sharing" : "Share with the workspace"}
            </DropdownMenuItem>
          )}
          {may.remove && (
            <DropdownMenuItem destructive onClick={() => setDialog("delete")}>
              <Trash2 /> Delete…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ViewDialogs
        workspaceId={workspace.id}
        list={list}
        open={dialog}
        onClose={() => setDialog(null)}
        current={current}
        shown={shown}
        mayShare={can(workspace.role, "shareViews")}
        onSaved={name}
      />
    </>
  );
}

interface ViewGroupsProps {
  views: readonly SavedView[];
  userId: string | undefined;
  currentId: string | undefined;
  onApply: (view: SavedView) => void;
}

/** The user's views and those that others share, each a choice of the menu. */
function ViewGroups({ views, userId, currentId, onApply }: ViewGroupsProps) {
  const groups = [
    { label: "My views", views: views.filter((view) => view.created_by === userId) },
    { label: "Shared by others", views: views.filter((view) => view.created_by !== userId) },
  ].filter((group) => group.views.length > 0);
  return (
    <>
      {groups.map((group) => (
        <DropdownMenuRadioGroup key={group.label} value={currentId ?? ""}>
          <DropdownMenuLabel>{group.label}</DropdownMenuLabel>
          {group.views.map((view) => (
            <DropdownMenuRadioItem key={view.id} value={view.id} closeOnClick onClick={() => onApply(view)}>
              <span className="truncate">{view.name}</span>
              {view.is_shared && <Share2 aria-label="shared" className="size-3.5" />}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      ))}
      {groups.length > 0 && <DropdownMenuSeparator />}
    </>
  );
}
