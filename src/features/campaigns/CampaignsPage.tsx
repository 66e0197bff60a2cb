import { useInfiniteQuery } from "@tanstack/react-query";
import { Archive, Plus, SearchX, Target } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { flattenPages } from "@/components/data-table/pages";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { cn } from "@/lib/cn";
import { can } from "@/lib/roles";
import { useUrlState } from "@/lib/url-state";
import { CampaignCard } from "./CampaignCard";
import { useCampaignDialogs } from "./dialogs";
import { type CampaignsState, campaignsParams, listingOf } from "./listing";
import { campaignListOptions } from "./queries";

const CampaignsToolbar = lazy(() => import("./CampaignsToolbar"));

/** The workspace's campaigns; `notice` is drawn above them. */
export function CampaignsPage({ notice }: { notice: ReactNode }) {
  const workspace = useCurrentWorkspace();
  const mayCreate = can(workspace?.role, "createCampaign");
  const [state, setState] = useUrlState(campaignsParams);
  return (
    <>
      <PageHeader title="Campaigns" actions={mayCreate && <NewCampaignButton />} />
      {notice}
      <Suspense fallback={<div className="h-[53px] border-b" />}>
        <CampaignsToolbar state={state} onChange={setState} />
      </Suspense>
      {workspace ? (
        <CampaignList
          key={workspace.id}
          workspaceId={workspace.id}
          mayCreate={mayCreate}
          state={state}
          onChange={setState}
        />
      ) : (
        <CampaignListSkeleton />
      )}
    </>
  );
}

interface CampaignListProps {
  workspaceId: string;
  mayCreate: boolean;
  state: CampaignsState;
  onChange: (patch: Partial<CampaignsState>) => void;
}

function CampaignList({ workspaceId, mayCreate, state, onChange }: CampaignListProps) {
  const list = useInfiniteQuery(campaignListOptions(workspaceId, listingOf(state)));
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
  const campaigns = flattenPages(list.data.pages);
  if (campaigns.length === 0 && !list.hasNextPage && !list.isPlaceholderData) {
    if (state.q !== "") return <NoneMatch state={state} onChange={onChange} />;
    if (state.state === "archived") return <NoneArchived />;
    return <NoCampaigns mayCreate={mayCreate} />;
  }
  return (
    <div
      className={cn(
        "flex flex-col items-center gap-4 p-4 transition-opacity sm:p-6",
        list.isPlaceholderData && "opacity-50",
      )}
    >
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

function NoneMatch({ state, onChange }: Pick<CampaignListProps, "state" | "onChange">) {
  const everywhere = state.state === "all";
  return (
    <EmptyState
      icon={SearchX}
      title="No campaigns match"
      message={
        everywhere
          ? `No campaign's name contains “${state.q}”.`
          : `No ${state.state} campaign's name contains “${state.q}”.`
      }
      action={
        everywhere ? (
          <Button onClick={() => onChange({ q: "" })}>Clear search</Button>
        ) : (
          <Button onClick={() => onChange({ state: "all" })}>Search all campaigns</Button>
        )
      }
      className="flex-1"
    />
  );
}

function NoneArchived() {
  return (
    <EmptyState
      icon={Archive}
      title="Nothing is archived"
      message="Campaigns that are no longer worked with can be put away from their menu; they stay readable."
      className="flex-1"
    />
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
