import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { ImportDropZone } from "./ImportDropZone";
import { ImportList } from "./ImportList";
import { useLiveImports } from "./live";
import { importListOptions } from "./queries";
import { RunningImports, useCampaignImports } from "./RunningImports";

function EarlierImports({ campaignId, mayImport }: { campaignId: string; mayImport: boolean }) {
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(importListOptions(campaignId));
  const running = useCampaignImports(campaignId);
  if (!data && error)
    return <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  if (!data) return <Skeleton className="h-40" />;
  // What this tab is sending is shown above, with its progress.
  const jobs = data.pages
    .flatMap(({ rows }) => rows)
    .filter(({ id }) => !running.some(({ job }) => job?.id === id));
  if (jobs.length === 0 && running.length > 0) return null;
  if (jobs.length === 0) {
    return (
      <EmptyState
        title="No imports yet"
        message={
          mayImport
            ? "Drop a file above. Each import is listed here with what it brought and which rows did not fit."
            : "Members of this workspace can import files; each import is listed here."
        }
        className="py-10"
      />
    );
  }
  return (
    <>
      <ImportList jobs={jobs} mayImport={mayImport} />
      {hasNextPage && (
        <Button className="self-center" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older imports
        </Button>
      )}
    </>
  );
}

/** The imports of a campaign: a place to drop a file, what is being sent, and what earlier ones brought. */
export default function ImportsPage() {
  const { campaignId = "" } = useParams();
  const mayImport = can(useRole(), "import");
  const running = useCampaignImports(campaignId);
  useLiveImports(campaignId);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 px-4 py-6 sm:px-6">
        {mayImport && <ImportDropZone campaignId={campaignId} className="py-8" />}
        <RunningImports imports={running} />
        <EarlierImports campaignId={campaignId} mayImport={mayImport} />
      </div>
    </div>
  );
}
