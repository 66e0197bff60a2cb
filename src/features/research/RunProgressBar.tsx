import type { ResearchRun } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "react-router-dom";
import { Progress } from "@/components/ui/progress";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { useLiveRun, useLiveRuns } from "./live";
import { activeRunOptions, progressOptions } from "./queries";
import { runTotals } from "./totals";
import { useEta } from "./use-eta";

function Bar({ run }: { run: ResearchRun }) {
  const { data: progress, dataUpdatedAt } = useQuery(progressOptions(run.id));
  const eta = useEta(progress?.eta_seconds ?? null, dataUpdatedAt);
  useLiveRun(run.id);
  if (!progress) return null;
  const { total, done, failed } = runTotals(progress);
  const { status } = progress.run;
  const waits = status === "paused" || !progress.engine.ready;
  return (
    <Link
      to={`/c/${run.campaign_id}/research/${run.id}`}
      className="flex items-center gap-3 border-b bg-muted/60 px-4 py-1.5 text-sm hover:bg-muted sm:px-6"
    >
      <span className="shrink-0 font-medium">
        {status === "paused"
          ? "Research is paused"
          : progress.engine.ready
            ? "Researching"
            : "Research is waiting"}
      </span>
      <Progress
        value={done}
        max={Math.max(total, 1)}
        label="Research"
        valueText={`${formatNumber(done)} of ${formatNumber(total)} jobs`}
        tone={waits ? "warning" : "primary"}
        className="max-w-64"
      />
      <span className="shrink-0 text-muted-foreground tabular-nums">
        {formatPercent(done, total)}
        <span className="max-sm:hidden">
          {failed > 0 && ` · ${formatNumber(failed)} failed`}
          {status === "running" && eta !== null && ` · ${formatDuration(eta)} left`}
        </span>
      </span>
    </Link>
  );
}

/** How the campaign's research is doing, on one line of its other pages; nothing while none is under way. */
export function RunProgressBar({ campaignId }: { campaignId: string }) {
  const { data: run } = useQuery(activeRunOptions(campaignId));
  const { pathname } = useLocation();
  useLiveRuns(campaignId);
  if (!run || pathname.startsWith(`/c/${campaignId}/research`)) return null;
  return <Bar key={run.id} run={run} />;
}
