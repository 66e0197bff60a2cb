import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, Plus } from "lucide-react";
import { lazy, useState } from "react";
import { useNavigate } from "react-router-dom";
import { Avatar } from "@/components/ui/avatar";
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
import { Lazily } from "@/components/ui/lazily";
import { Skeleton } from "@/components/ui/skeleton";
import { myWorkspacesOptions, useCurrentWorkspace } from "@/features/workspaces/queries";
import { cn } from "@/lib/cn";
import { useUserId } from "@/stores/session";

const CreateWorkspaceDialog = lazy(() => import("@/features/members/CreateWorkspaceDialog"));

/** Names the current workspace, says if the user may only look, and lets them choose another of theirs or make one. */
export default function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  const { data: workspaces } = useQuery(myWorkspacesOptions(useUserId()));
  const current = useCurrentWorkspace();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  if (workspaces?.length === 0) {
    if (collapsed) return null;
    return <p className="flex h-10 items-center px-2 text-muted-foreground text-sm">No workspace</p>;
  }
  if (!current || !workspaces) return <Skeleton className="m-1 h-8" />;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          className={cn(
            "flex h-10 w-full items-center gap-2 rounded-md px-2 text-left transition-colors hover:bg-accent data-popup-open:bg-accent",
            collapsed && "justify-center px-0",
          )}
        >
          <Avatar name={current.name} className="bg-primary text-primary-foreground" />
          <span className="sr-only">Workspace:</span>
          <span className={collapsed ? "sr-only" : "flex min-w-0 flex-1 flex-col"}>
            <span className="truncate font-semibold text-sm">{current.name}</span>
            {current.role === "viewer" && <span className="text-muted-foreground text-xs">View only</span>}
          </span>
          {!collapsed && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />}
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-60">
          <DropdownMenuRadioGroup
            value={current.id}
            onValueChange={(id: string) => void navigate(`/campaigns?workspace=${id}`)}
          >
            <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
            {workspaces.map((workspace) => (
              <DropdownMenuRadioItem key={workspace.id} value={workspace.id} closeOnClick>
                <Avatar name={workspace.name} className="size-5" />
                <span className="truncate">{workspace.name}</span>
                <span className="ml-auto text-muted-foreground text-xs">{workspace.role}</span>
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
          <DropdownMenuSeparator />
          <DropdownMenuItem onClick={() => setCreating(true)}>
            <Plus /> New workspace…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Lazily when={creating}>
        <CreateWorkspaceDialog open={creating} onOpenChange={setCreating} />
      </Lazily>
    </>
  );
}
