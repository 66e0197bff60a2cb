import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { NavLink } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { recentCampaignsOptions } from "@/features/campaigns/queries";
import { myWorkspacesOptions, useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatCompact, formatCount } from "@/lib/format";
import { can } from "@/lib/roles";
import { useUserId } from "@/stores/session";

/** The newest campaigns with how many companies each has; nothing for who is in no workspace. */
export function RecentCampaigns() {
  const { data: workspaces } = useQuery(myWorkspacesOptions(useUserId()));
  const workspace = useCurrentWorkspace();
  const setCreating = useCampaignDialogs((state) => state.setCreating);
  if (workspaces?.length === 0) return null;
  return (
    <section aria-labelledby="recent-campaigns" className="flex flex-col gap-0.5">
      <div className="flex h-7 items-center justify-between pl-2">
        <h2 id="recent-campaigns" className="font-medium text-muted-foreground text-xs">
          Recent
        </h2>
        {can(workspace?.role, "createCampaign") && (
          <Button variant="ghost" size="icon-sm" aria-label="New campaign" onClick={() => setCreating(true)}>
            <Plus className="text-muted-foreground" />
          </Button>
        )}
      </div>
      {workspace ? <RecentList workspaceId={workspace.id} /> : <RecentSkeleton />}
    </section>
  );
}

function RecentList({ workspaceId }: { workspaceId: string }) {
  const { data: campaigns, isPending } = useQuery(recentCampaignsOptions(workspaceId));
  if (isPending) return <RecentSkeleton />;
  if (!campaigns) return <p className="px-2 py-1 text-muted-foreground text-xs">Could not be loaded.</p>;
  if (campaigns.length === 0)
    return <p className="px-2 py-1 text-muted-foreground text-xs">No campaigns yet.</p>;
  return (
    <ul className="flex flex-col gap-0.5">
      {campaigns.map(({ id, name, company_count: count }) => (
        <li key={id}>
          <NavLink
            to={`/c/${id}`}
            className="flex h-8 items-center gap-2 rounded-md px-2 text-sm transition-colors hover:bg-accent aria-[current=page]:bg-accent aria-[current=page]:font-medium"
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-muted-foreground text-xs tabular-nums">
              <span aria-hidden>{formatCompact(count)}</span>
              <span className="sr-only">{formatCount(count, "company", "companies")}</span>
            </span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function RecentSkeleton() {
  return (
    <div className="flex flex-col gap-2 p-2">
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}
