import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "react-router-dom";
import { EngineBanner } from "@/components/record/engine-banner";
import { Button, buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { campaignOptions } from "@/features/campaigns/queries";
import { engineOptions, runListOptions } from "./queries";
import { RunList } from "./RunList";
import { RunView } from "./RunView";
import { StartButton } from "./StartButton";

const StartResearchDialog = lazy(() => import("./StartResearchDialog"));

interface NoRunsProps {
  campaignId: string;
  onStart: () => void;
}

function NoRuns({ campaignId, onStart }: NoRunsProps) {
  const { data: engine } = useQuery(engineOptions());
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const isEmpty = campaign?.company_count === 0;
  return (
    <>
      {!isEmpty && <EngineBanner engine={engine} />}
      <EmptyState
        icon={Sparkles}
        title={isEmpty ? "Nothing to research yet" : "No research yet"}
        message={
          isEmpty
            ? "Import companies, or start with a list on the web or an API that names them. Research then reads each one’s own website and fills in what is missing."
            : "Research reads each company’s own website and fills in what is missing, with the page every value came from."
        }
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {isEmpty && (
              <Link to={`/c/${campaignId}/imports`} className={buttonVariants({ variant: "primary" })}>
                Go to imports
              </Link>
            )}
            <StartButton campaignId={campaignId} onStart={onStart} />
          </div>
        }
      />
    </>
  );
}

interface RunsProps extends NoRunsProps {
  runId: string | undefined;
}

function Runs({ campaignId, runId, onStart }: RunsProps) {
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(runListOptions(campaignId));
  if (!data && error)
    return <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  if (!data) return <Skeleton className="h-72" />;
  const runs = data.pages.flatMap(({ rows }) => rows);
  const openId = runId ?? runs[0]?.id;
  if (openId === undefined) return <NoRuns campaignId={campaignId} onStart={onStart} />;
  return (
    <>
      <RunView key={openId} runId={openId} />
      {runs.length > 1 && <RunList runs={runs} openId={openId} />}
      {hasNextPage && (
        <Button className="self-center" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older research
        </Button>
      )}
    </>
  );
}

/** The research of a campaign: the run in the address, else the newest, and all others. */
export default function ResearchPage() {
  const { campaignId = "", runId } = useParams();
  // Here, because the first run takes away the button that it was started with.
  const [starting, setStarting] = useState(false);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 px-4 py-6 sm:px-6">
        <Runs campaignId={campaignId} runId={runId} onStart={() => setStarting(true)} />
      </div>
      {starting && (
        <Suspense>
          <StartResearchDialog campaignId={campaignId} onClose={() => setStarting(false)} />
        </Suspense>
      )}
    </div>
  );
}
