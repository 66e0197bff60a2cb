import type { ResearchJob, ResearchRun } from "@contracts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
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

function JobRow({ job }: { job: ResearchJob }) {
  const { label, variant } = JOB_STATUS[job.status];
  const at = job.finished_at ?? job.started_at ?? job.created_at;
  const tries = job.attempt > 1 ? `Attempt ${job.attempt}` : null;
  return (
    <li className="flex items-start gap-3 px-4 py-2 text-sm">
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
    </li>
  );
}

/** The jobs of a run, one company at one stage each, and why one failed. */
export function JobList({ run }: { run: ResearchRun }) {
  const [shown, setShown] = useState<Shown>("all");
  const query = useInfiniteQuery(jobListOptions(run.id, FILTERS[shown].filter));
  const jobs = query.data?.pages.flatMap(({ rows }) => rows);
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
        <ul aria-label="Jobs" className="divide-y">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className="flex justify-center border-t p-3">
          <Button size="sm" pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
