import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { useNavigate } from "react-router-dom";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Skeleton } from "@/components/ui/skeleton";
import { myWorkspacesOptions, useCurrentWorkspace } from "@/features/workspaces/queries";
import { cn } from "@/lib/cn";
import { useUserId } from "@/stores/session";
import { useWorkspaceChoice } from "@/stores/workspace";

/** Names the current workspace and lets the user choose another of theirs. */
export default function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  const { data: workspaces } = useQuery(myWorkspacesOptions(useUserId()));
  const current = useCurrentWorkspace();
  const setWorkspaceId = useWorkspaceChoice((state) => state.setWorkspaceId);
  const navigate = useNavigate();
  if (!current || !workspaces) return <Skeleton className="m-1 h-8" />;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={cn(
          "flex h-10 w-full items-center gap-2 rounded-md px-2 text-left transition-colors hover:bg-accent data-popup-open:bg-accent",
          collapsed && "justify-center px-0",
        )}
      >
        <Avatar name={current.name} className="bg-primary text-primary-foreground" />
        <span className="sr-only">Workspace:</span>
        <span className={collapsed ? "sr-only" : "min-w-0 flex-1 truncate font-semibold text-sm"}>
          {current.name}
        </span>
        {!collapsed && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />}
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        <DropdownMenuRadioGroup
          value={current.id}
          onValueChange={(id: string) => {
            setWorkspaceId(id);
            void navigate("/campaigns");
          }}
        >
          <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
          {workspaces.map((workspace) => (
            <DropdownMenuRadioItem key={workspace.id} value={workspace.id} closeOnClick>
              <Avatar name={workspace.name} className="size-5" />
              <span className="truncate">{workspace.name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
