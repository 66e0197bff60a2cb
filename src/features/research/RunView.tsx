import type { Progress } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useRole } from "@/features/workspaces/queries";
import { formatCount, formatDateTime, formatDuration, formatNumber } from "@/lib/format";
import { can } from "@/lib/roles";
import { EngineBanner } from "./EngineBanner";
import { JobList } from "./JobList";
import { RUN_STATUS, stagesText } from "./labels";
import { useLiveRun } from "./live";
import { progressOptions } from "./queries";
import { RunControls } from "./RunControls";
import { StageBar } from "./StageBar";
import { runTotals, stageTotals } from "./totals";
import { useEta } from "./use-eta";

interface FigureProps {
  label: string;
  value: string;
}

function Figure({ label, value }: FigureProps) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="font-semibold text-lg tabular-nums">{value}</dd>
    </div>
  );
}

function Figures({ progress, updatedAt }: { progress: Progress; updatedAt: number }) {
  const eta = useEta(progress.eta_seconds, updatedAt);
  const { failed } = runTotals(progress);
  const running = progress.run.status === "running";
  return (
    <dl className="grid grid-cols-4 gap-4 max-sm:grid-cols-2">
      <Figure label="Companies" value={formatNumber(progress.companies_total)} />
      <Figure label="Failed" value={formatNumber(failed)} />
      <Figure label="Jobs a minute" value={running ? formatNumber(progress.rate_per_minute) : "–"} />
      <Figure label="Time left" value={running && eta !== null ? formatDuration(eta) : "–"} />
    </dl>
  );
}

function Failures({ failures }: { failures: Progress["failures"] }) {
  if (failures.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <h3 className="font-semibold">Why some failed</h3>
      </CardHeader>
      <ul className="divide-y">
        {failures.map(({ error_code, error_message, count }) => (
          <li key={error_code} className="flex items-baseline gap-3 px-4 py-2 text-sm">
            <span className="w-12 shrink-0 text-right font-medium tabular-nums">{formatNumber(count)}</span>
            <span className="min-w-0 break-words">
              {count > 1 && <span className="text-muted-foreground">For example: </span>}
              {error_message ?? "No reason was given."}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A run as it goes: progress of each stage, rate, time left, why some failed, and its jobs. */
export function RunView({ runId }: { runId: string }) {
  const { data: progress, dataUpdatedAt, error, refetch, isFetching } = useQuery(progressOptions(runId));
  const mayResearch = can(useRole(), "research");
  useLiveRun(runId);
  if (!progress && error) {
    return <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  }
  if (!progress) return <Skeleton className="h-72" />;
  const { run, failures, engine } = progress;
  const { label, variant } = RUN_STATUS[run.status];
  return (
    <>
      {run.status === "running" && <EngineBanner engine={engine} />}
      <Card>
        <CardHeader className="flex-wrap items-center">
          <div className="flex min-w-0 flex-col">
            <h2 className="flex items-center gap-2 font-semibold">
              {formatCount(progress.companies_total, "company", "companies")}
              <Badge variant={variant}>{label}</Badge>
            </h2>
            <p className="text-muted-foreground text-sm">
              {stagesText(run.stages)} · started {formatDateTime(run.created_at)}
              {run.finished_at && ` · ended ${formatDateTime(run.finished_at)}`}
            </p>
          </div>
          {mayResearch && <RunControls progress={progress} />}
        </CardHeader>
        <CardContent className="flex flex-col gap-5">
          <Figures progress={progress} updatedAt={dataUpdatedAt} />
          {stageTotals(progress)
            .filter(({ total }) => total > 0)
            .map((totals) => (
              <StageBar key={totals.stage} totals={totals} />
            ))}
        </CardContent>
      </Card>
      <Failures failures={failures} />
      <JobList run={run} />
    </>
  );
}
