import type { Progress, ResearchRun } from "@contracts";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/select";
import { oneOf, rowNumber, useUrlState } from "@/lib/url-state";
import { JobSheet } from "./JobSheet";
import { JobTable } from "./JobTable";
import type { JobFilter } from "./queries";
import { RerunJobs } from "./RerunJobs";
import { useJobs } from "./use-jobs";

const SHOWN = ["all", "open", "failed", "completed"] as const;
type Shown = (typeof SHOWN)[number];

const FILTERS: Record<Shown, { label: string; filter: JobFilter }> = {
  all: { label: "All jobs", filter: {} },
  open: { label: "Waiting or working", filter: { status: ["queued", "processing", "waiting"] } },
  failed: { label: "Failed", filter: { status: ["failed"] } },
  completed: { label: "Done", filter: { status: ["completed"] } },
};

const params = { jobs: oneOf(SHOWN, "all"), job: rowNumber() };

interface JobListProps {
  run: ResearchRun;
  providers: Progress["providers"];
  /** How many milliseconds the server's clock is ahead of the one here. */
  clockAhead: number;
  /** Whether the user may have jobs researched again. */
  mayWork: boolean;
}

/** The jobs of a run, one company at one stage each, and why one failed. */
export function JobList({ run, providers, clockAhead, mayWork }: JobListProps) {
  const [{ jobs: shown, job: open }, setState] = useUrlState(params);
  const { filter } = FILTERS[shown];
  const list = useJobs(run.id, filter);
  const { jobs, error, retry, retrying } = list;
  return (
    <Card>
      <CardHeader className="items-center">
        <h3 className="font-semibold">Jobs</h3>
        {list.behind && (
          <p role="status" className="ml-auto text-muted-foreground text-sm">
            Not up to date
          </p>
        )}
        <Select
          aria-label="Which jobs are shown"
          className="w-44"
          value={shown}
          onValueChange={(value) => setState({ jobs: value })}
          options={SHOWN.map((value) => ({ value, label: FILTERS[value].label }))}
        />
      </CardHeader>
      {error && <ErrorState error={error} onRetry={retry} retrying={retrying} />}
      {jobs?.length === 0 && !list.pending && (
        <p className="px-4 py-8 text-center text-muted-foreground text-sm">
          {shown === "all" && run.status === "running"
            ? "The first companies are about to be queued."
            : "There are none."}
        </p>
      )}
      {(list.pending || (jobs && jobs.length > 0)) && (
        <JobTable
          list={list}
          scope={`jobs of ${run.id}, ${shown}`}
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
