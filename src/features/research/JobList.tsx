import type { FailureGroup, Progress, ResearchRun } from "@contracts";
import { type RefObject, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { useUrlState } from "@/lib/url-state";
import { JobFilters } from "./JobFilters";
import { JobSheet } from "./JobSheet";
import { JobTable } from "./JobTable";
import { EVERY_JOB, jobFilter, jobListParams } from "./job-filter";
import { RerunJobs } from "./RerunJobs";
import { useJobs } from "./use-jobs";

interface JobListProps {
  run: ResearchRun;
  providers: Progress["providers"];
  failures: Progress["failures"];
  /** Its heading, to be focused from outside. */
  heading: RefObject<HTMLHeadingElement | null>;
  /** How many milliseconds the server's clock is ahead of the one here. */
  clockAhead: number;
  /** Whether the user may have jobs researched again. */
  mayWork: boolean;
}

/** The jobs of a run, one company at one stage each, and why one failed. */
export function JobList({ run, providers, failures, heading, clockAhead, mayWork }: JobListProps) {
  const [state, setState] = useUrlState(jobListParams);
  const { jobs: shown, code, stage, q, job: open } = state;
  const filter = useMemo(() => jobFilter({ jobs: shown, code, stage, q }), [shown, code, stage, q]);
  const isNarrowed = Object.keys(filter).length > 0;
  const list = useJobs(run.id, filter);
  const { jobs, error, retry, retrying } = list;
  return (
    <Card>
      <CardHeader className="flex-wrap items-center">
        <h3 ref={heading} tabIndex={-1} className="font-semibold">
          Jobs
        </h3>
        {list.behind && (
          <p role="status" className="text-muted-foreground text-sm">
            Not up to date
          </p>
        )}
        <JobFilters stages={run.stages} shown={state} onChange={setState} />
      </CardHeader>
      {code !== "" && (
        <ReasonShown
          failure={failures.find(({ error_code }) => error_code === code)}
          onShowAll={() => {
            setState(EVERY_JOB);
            heading.current?.focus();
          }}
        />
      )}
      {error && <ErrorState error={error} onRetry={retry} retrying={retrying} />}
      {jobs?.length === 0 && !list.pending && (
        <p className="px-4 py-8 text-center text-muted-foreground text-sm">
          {!isNarrowed && run.status === "running"
            ? "The first companies are about to be queued."
            : "There are none."}
        </p>
      )}
      {(list.pending || (jobs && jobs.length > 0)) && (
        <JobTable
          list={list}
          scope={`jobs of ${run.id}, ${JSON.stringify(filter)}`}
          openId={open === null ? null : String(open)}
          onOpen={(id) => setState({ job: Number(id) }, { push: true })}
          selectionActions={
            mayWork
              ? (selection, selectOnly) => (
                  <RerunJobs
                    run={run}
                    filter={filter}
                    selection={selection}
                    jobs={jobs ?? []}
                    onSelectOnly={selectOnly}
                  />
                )
              : undefined
          }
        />
      )}
      {list.failed && (
        <p
          role="alert"
          className="flex items-center justify-center gap-2 border-t p-3 text-destructive-text text-sm"
        >
          More jobs could not be loaded.
          <Button variant="link" size="sm" onClick={retry}>
            Try again
          </Button>
        </p>
      )}
      <JobSheet
        run={run}
        providers={providers}
        clockAhead={clockAhead}
        jobId={open}
        onClose={() => setState({ job: null })}
      />
    </Card>
  );
}

interface ReasonShownProps {
  /** Undefined where no job, or none of late, failed for it. */
  failure: FailureGroup | undefined;
  onShowAll: () => void;
}

/** Says that only jobs that failed for one reason are listed. */
function ReasonShown({ failure, onShowAll }: ReasonShownProps) {
  return (
    <div className="flex items-center gap-3 border-b bg-muted px-4 py-2 text-sm">
      <p role="status" className="min-w-0 flex-1 break-words">
        <span className="text-muted-foreground">Only those that failed for one reason</span>
        {failure?.error_message && (
          <>
            <span className="text-muted-foreground">{failure.count > 1 ? ", for example: " : ": "}</span>
            {failure.error_message}
          </>
        )}
      </p>
      <Button size="sm" onClick={onShowAll}>
        Show all jobs
      </Button>
    </div>
  );
}
