import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from "react-router-dom";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { tabClasses } from "@/components/ui/tabs";
import { cn } from "@/lib/cn";
import { isNotFound } from "@/lib/errors";
import { formatCompact } from "@/lib/format";
import { useWorkspaceChoice } from "@/stores/workspace";
import type { Campaign } from "./keys";
import { campaignOptions } from "./queries";

const CampaignMenu = lazy(() => import("./CampaignMenu"));
const ArchivedBanner = lazy(() => import("./ArchivedBanner"));
const BusyCampaign = lazy(() => import("./BusyCampaign"));

interface CampaignLayoutProps {
  campaignId: string;
  /** The campaign's buttons: import, research, export. Drawn once the campaign is there. */
  actions: ReactNode;
  /** One line below the tabs on every page of the campaign, such as how research is doing. */
  status?: ReactNode;
}

interface Tab {
  path: string;
  label: string;
  count?: number | undefined;
}

function tabsOf(campaign: Campaign | undefined): Tab[] {
  const rows = [
    { path: "companies", label: "Companies", count: campaign?.company_count },
    { path: "contacts", label: "Contacts", count: campaign?.contact_count },
  ];
  if (campaign && campaign.state !== "active") return rows;
  return [...rows, { path: "research", label: "Research" }, { path: "imports", label: "Imports" }];
}

/** What a campaign that is not active says about itself, and its rows where they can be read. */
function CampaignPages({ campaign }: { campaign: Campaign | undefined }) {
  const state = campaign?.state ?? "active";
  if (!campaign || state === "active") return <Outlet />;
  if (state === "archived") {
    return (
      <Suspense>
        <ArchivedBanner campaign={campaign} />
        <Outlet />
      </Suspense>
    );
  }
  return (
    <Suspense>
      <BusyCampaign campaign={campaign} state={state} />
    </Suspense>
  );
}

const SKELETON_ROWS = ["w-3/5", "w-2/5", "w-1/2", "w-2/3", "w-1/3"];

/** In the place of a campaign's page until it is known that there is such a campaign. */
function PageSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-5 px-4 py-4 sm:px-6">
      <Skeleton className="h-8 w-64 max-w-full" />
      {SKELETON_ROWS.map((width) => (
        <Skeleton key={width} className={cn("h-4", width)} />
      ))}
    </div>
  );
}

/** The frame of a campaign's pages: name, actions and tabs with live counters; the page itself is the outlet. */
export function CampaignLayout({ campaignId, actions, status }: CampaignLayoutProps) {
  const { data: campaign, error, refetch, isFetching } = useQuery(campaignOptions(campaignId));
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const setWorkspaceId = useWorkspaceChoice((state) => state.setWorkspaceId);
  const workspaceId = campaign?.workspace_id;
  useEffect(() => {
    if (workspaceId) setWorkspaceId(workspaceId);
  }, [workspaceId, setWorkspaceId]);

  const breadcrumbs = [{ label: "Campaigns", to: "/campaigns" }];
  const allCampaigns = (
    <Link to="/campaigns" className={buttonVariants()}>
      All campaigns
    </Link>
  );
  // One that was deleted is gone for whoever has its page open, too.
  if (campaign && isNotFound(error)) {
    return (
      <>
        <PageHeader title={campaign.name} breadcrumbs={breadcrumbs} />
        <EmptyState
          icon={Trash2}
          title="This campaign was deleted"
          message="Its companies and contacts are gone with it."
          action={allCampaigns}
          className="flex-1"
        />
      </>
    );
  }
  if (error && !campaign) {
    return (
      <>
        <PageHeader title="Campaign" breadcrumbs={breadcrumbs} />
        <ErrorState
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
          actions={allCampaigns}
          className="flex-1"
        />
      </>
    );
  }
  const tabs = tabsOf(campaign);
  const openTab = tabs.find(({ path }) => pathname.startsWith(`/c/${campaignId}/${path}`));
  // What a campaign that is not active has are its rows.
  if (campaign && campaign.state !== "active" && !openTab)
    return <Navigate to={`/c/${campaignId}/companies`} replace />;
  return (
    <>
      <PageHeader
        title={campaign?.name ?? "Campaign"}
        breadcrumbs={breadcrumbs}
        {...(openTab && { documentTitle: openTab.label })}
        aside={
          campaign && (
            <Suspense>
              <CampaignMenu campaign={campaign} onDeleted={() => void navigate("/campaigns")} />
            </Suspense>
          )
        }
        actions={campaign?.state === "active" && actions}
      >
        <nav
          aria-label="Campaign"
          className="-mb-px flex gap-4 overflow-x-auto overflow-y-hidden px-4 sm:gap-5 sm:px-6"
        >
          {tabs.map(({ path, label, count }) => (
            <NavLink key={path} to={`/c/${campaignId}/${path}`} className={tabClasses}>
              {label}
              {count !== undefined && (
                <span className="rounded-sm bg-muted px-1 text-muted-foreground text-xs tabular-nums">
                  {formatCompact(count)}
                </span>
              )}
            </NavLink>
          ))}
        </nav>
      </PageHeader>
      {status}
      {!campaign && <PageSkeleton />}
      {/* The page loads meanwhile, unseen: "No companies yet" is not true of a campaign that does not exist. */}
      <div className={cn("flex min-h-0 flex-1 flex-col", !campaign && "invisible")}>
        <CampaignPages campaign={campaign} />
      </div>
    </>
  );
}
