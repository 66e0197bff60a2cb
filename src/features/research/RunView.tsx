import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { EngineBanner } from "@/components/record/engine-banner";
import { stagesText } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useProviderName } from "@/features/integrations/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatDateTime } from "@/lib/format";
import { can } from "@/lib/roles";
import { CapNotice } from "./CapNotice";
import { Failures } from "./Failures";
import { JobList } from "./JobList";
import { runLook, sourceHost, subjectsText } from "./labels";
import { useLiveRun } from "./live";
import { holdsOptions, progressOptions } from "./queries";
import { RateChart } from "./RateChart";
import { RunControls } from "./RunControls";
import { RunFigures } from "./RunFigures";
import { StageLane } from "./StageLane";
import { runTotals, stageTotals } from "./totals";
import { useCap } from "./use-cap";
import { useProgressNow } from "./use-progress-now";

/** A run as it goes: progress of each stage, rate, time left, cost, why some failed, and its jobs. */
export function RunView({ runId }: { runId: string }) {
  const { data, dataUpdatedAt, error, refetch, isFetching } = useQuery(progressOptions(runId));
  const workspace = useCurrentWorkspace();
  const nameOf = useProviderName(workspace?.id);
  const isSending =
    data?.run.status === "running" && Object.values(data.providers).some((provider) => provider !== null);
  const { data: holds } = useQuery({
    ...holdsOptions(workspace?.id ?? "", runId),
    enabled: isSending && workspace !== undefined,
  });
  useLiveRun(runId);
  const jobsHeading = useRef<HTMLHeadingElement>(null);
  const current = useProgressNow(data, dataUpdatedAt);
  const cap = useCap(data);
  if (!current && error) {
    return <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  }
  if (!current) return <Skeleton className="h-72" />;
  const { progress, now, clockAhead } = current;
  const { run, engine, providers } = progress;
  const mayWork = can(workspace?.role, "research");
  const { label, variant } = runLook(run.status, runTotals(progress), cap?.isReached);
  const host = sourceHost(progress);
  return (
    <>
      {run.status === "running" && <EngineBanner engine={engine} />}
      <CapNotice progress={progress} cap={cap} mayRaise={mayWork} />
      <Card>
        <CardHeader className="flex-wrap items-center">
          <div className="flex min-w-0 flex-col">
            <h2 className="flex items-center gap-2 font-semibold">
              {subjectsText(progress)}
              <Badge variant={variant}>{label}</Badge>
            </h2>
            <p className="text-muted-foreground text-sm">
              {stagesText(run.stages)} · started {formatDateTime(run.created_at)}
              {run.finished_at && ` · ended ${formatDateTime(run.finished_at)}`}
              {host !== null && ` · from ${host}`}
            </p>
          </div>
          {mayWork && <RunControls progress={progress} />}
        </CardHeader>
        <CardContent className="flex flex-col gap-5">
          <RunFigures progress={progress} updatedAt={dataUpdatedAt} />
          {run.status === "running" && <RateChart rates={progress.rates} until={now} />}
          {stageTotals(progress)
            .filter(({ total }) => total > 0 || run.status === "completed")
            .map((totals) => {
              const provider = providers[totals.stage] ?? null;
              const held = isSending && provider !== null ? holds?.[provider] : undefined;
              return (
                <StageLane
                  key={totals.stage}
                  totals={totals}
                  provider={provider}
                  providerName={nameOf(provider)}
                  heldUntil={held === undefined ? null : held - clockAhead}
                />
              );
            })}
        </CardContent>
      </Card>
      <Failures
        progress={progress}
        mayRetry={mayWork && run.status !== "cancelled"}
        onShown={() => jobsHeading.current?.focus()}
      />
      <JobList
        run={run}
        providers={providers}
        failures={progress.failures}
        heading={jobsHeading}
        clockAhead={clockAhead}
        mayWork={mayWork}
      />
    </>
  );
}
