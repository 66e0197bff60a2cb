import type { ResearchJob, ResearchRun } from "@contracts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { JOB_STATUS, STAGE_LABEL } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { formatRelative } from "@/lib/format";
import { type JobFilter, jobListOptions } from "./queries";

type Shown = "all" | "open" | "failed" | "completed";

const FILTERS: Record<Shown, { label: string; filter: JobFilter }> = {
  all: { label: "All jobs", filter: {} },
  open: { label: "Waiting or working", filter: { status: ["queued", "processing", "waiting"] } },
  failed: { label: "Failed", filter: { status: ["failed"] } },
  completed: { label: "Done", filter: { status: ["completed"] } },
};
const SHOWN: readonly Shown[] = ["all", "open", "failed", "completed"];

/** Px of a job without an error; one with an error is measured. */
const JOB_HEIGHT = 37;
/** Jobs from the end of the loaded ones where the next page is asked for. */
const FETCH_AHEAD = 20;

function JobRow({ job }: { job: ResearchJob }) {
  const { label, variant } = JOB_STATUS[job.status];
  const at = job.finished_at ?? job.started_at ?? job.created_at;
  const tries = job.attempt > 1 ? `Attempt ${job.attempt}` : null;
  return (
    <div className="flex items-start gap-3 border-b px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          {job.company ? (
            <Link
              to={`/c/${job.campaign_id}/companies?company=${job.company.id}`}
              className="min-w-0 truncate font-medium hover:underline"
            >
              {job.company.name}
            </Link>
          ) : (
            <span className="text-muted-foreground">A company that was deleted</span>
          )}
          <span className="text-muted-foreground">{STAGE_LABEL[job.stage]}</span>
        </p>
        {job.error_message && job.status !== "completed" && (
          <p className="break-words text-destructive-text text-xs">{job.error_message}</p>
        )}
      </div>
      <span className="shrink-0 text-muted-foreground text-xs leading-5 max-sm:hidden">
        {[tries, formatRelative(at)].filter(Boolean).join(" · ")}
      </span>
      <Badge variant={variant}>{label}</Badge>
    </div>
  );
}

interface JobRowsProps {
  jobs: readonly ResearchJob[];
  /** More jobs can be asked for. */
  hasMore: boolean;
  onLoadMore: () => void;
}

/** Jobs in a box of their own that is scrolled: a run has as many as its list has companies, times its stages. */
function JobRows({ jobs, hasMore, onLoadMore }: JobRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => jobs[index]?.id ?? index,
    estimateSize: () => JOB_HEIGHT,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && lastDrawn >= jobs.length - FETCH_AHEAD) onLoadMore();
  }, [hasMore, lastDrawn, jobs.length, onLoadMore]);
  return (
    <div ref={box} className="max-h-[28rem] overflow-y-auto rounded-b-xl">
      <ul aria-label="Jobs" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const job = jobs[index];
          return (
            job && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={hasMore ? -1 : jobs.length}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <JobRow job={job} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** The jobs of a run, one company at one stage each, and why one failed. */
export function JobList({ run }: { run: ResearchRun }) {
  const [shown, setShown] = useState<Shown>("all");
  const query = useInfiniteQuery(jobListOptions(run.id, FILTERS[shown].filter));
  const jobs = query.data?.pages.flatMap(({ rows }) => rows);
  const { fetchNextPage, isFetchNextPageError } = query;
  const loadMore = useCallback(() => {
    if (!isFetchNextPageError) void fetchNextPage();
  }, [isFetchNextPageError, fetchNextPage]);
  return (
    <Card>
      <CardHeader className="items-center">
        <h3 className="font-semibold">Jobs</h3>
        <Select
          aria-label="Which jobs are shown"
          className="w-44"
          value={shown}
          onValueChange={setShown}
          options={SHOWN.map((value) => ({ value, label: FILTERS[value].label }))}
        />
      </CardHeader>
      {!jobs && query.error && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      )}
      {!jobs && !query.error && <Skeleton className="m-4 h-40" />}
      {jobs?.length === 0 && (
        <p className="px-4 py-8 text-center text-muted-foreground text-sm">
          {shown === "all" ? "The first companies are about to be queued." : "There are none."}
        </p>
      )}
      {jobs && jobs.length > 0 && (
        <JobRows jobs={jobs} hasMore={query.hasNextPage && !query.isFetching} onLoadMore={loadMore} />
      )}
      {query.isFetchNextPageError && (
        <p
          role="alert"
          className="flex items-center justify-center gap-2 border-t p-3 text-destructive-text text-sm"
        >
          More jobs could not be loaded.
          <Button variant="link" size="sm" onClick={() => void query.fetchNextPage()}>
            Try again
          </Button>
        </p>
      )}
    </Card>
  );
}
