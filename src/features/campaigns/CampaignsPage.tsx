import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Target } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { CampaignCard } from "./CampaignCard";
import { useCampaignDialogs } from "./dialogs";
import { campaignListOptions } from "./queries";

/** The workspace's campaigns. */
export default function CampaignsPage() {
  const workspace = useCurrentWorkspace();
  const mayCreate = can(workspace?.role, "createCampaign");
  return (
    <>
      <PageHeader title="Campaigns" actions={mayCreate && <NewCampaignButton />} />
      {workspace ? (
        <CampaignList workspaceId={workspace.id} mayCreate={mayCreate} />
      ) : (
        <CampaignListSkeleton />
      )}
    </>
  );
}

function CampaignList({ workspaceId, mayCreate }: { workspaceId: string; mayCreate: boolean }) {
  const list = useInfiniteQuery(campaignListOptions(workspaceId));
  if (list.isPending) return <CampaignListSkeleton />;
  if (!list.data) {
    return (
      <ErrorState
        error={list.error}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
        className="flex-1"
      />
    );
  }
  const campaigns = list.data.pages.flatMap((page) => page.rows);
  if (campaigns.length === 0 && !list.hasNextPage) return <NoCampaigns mayCreate={mayCreate} />;
  return (
    <div className="flex flex-col items-center gap-4 p-4 sm:p-6">
      <ul className="grid w-full grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        {campaigns.map((campaign) => (
          <CampaignCard key={campaign.id} campaign={campaign} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} pending={list.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}

function NoCampaigns({ mayCreate }: { mayCreate: boolean }) {
  return (
    <EmptyState
      icon={Target}
      title="Start with a campaign"
      message={
        mayCreate
          ? "A campaign is a list of companies you want to know more about. Create one, drop in a CSV, and research fills in the rest."
          : "There are no campaigns in this workspace yet. You may look but not create: ask a member to make one."
      }
      action={mayCreate && <NewCampaignButton />}
      className="flex-1"
    />
  );
}

function NewCampaignButton() {
  const setCreating = useCampaignDialogs((state) => state.setCreating);
  return (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus /> New campaign
    </Button>
  );
}

function CampaignListSkeleton() {
  return (
    <div
      className="grid grid-cols-1 gap-3 p-4 sm:p-6 md:grid-cols-2 xl:grid-cols-3"
      aria-busy
      aria-label="Loading campaigns"
      role="status"
    >
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <Skeleton key={key} className="h-41 rounded-lg" />
      ))}
    </div>
  );
}
