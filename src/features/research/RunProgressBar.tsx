import type { ResearchRun, Progress as Run } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { Link, useLocation } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { useLiveRun, useLiveRuns } from "./live";
import { activeRunOptions, progressOptions } from "./queries";
import { runTotals } from "./totals";
import { useEta } from "./use-eta";
import { useProgressNow } from "./use-progress-now";

function statusText({ run, engine }: Run): string {
  if (run.status === "completed") return "Research is done";
  if (run.status === "paused") return "Research is paused";
  return engine.ready ? "Researching" : "Research is waiting";
}

function toneOf({ run, engine }: Run, failed: number): "success" | "warning" | "primary" {
  if (run.status === "completed") return failed > 0 ? "warning" : "success";
  return run.status === "paused" || !engine.ready ? "warning" : "primary";
}

function Bar({ run, onDismiss }: { run: ResearchRun; onDismiss: () => void }) {
  const { data, dataUpdatedAt } = useQuery(progressOptions(run.id));
  const progress = useProgressNow(data, dataUpdatedAt)?.progress;
  const eta = useEta(progress?.eta_seconds ?? null, dataUpdatedAt);
  useLiveRun(run.id);
  if (!progress || progress.run.status === "cancelled") return null;
  const { total, done, failed } = runTotals(progress);
  const { status } = progress.run;
  return (
    <div className="flex items-center border-b bg-muted/60 pr-2 hover:bg-muted sm:pr-4">
      <Link
        to={`/c/${run.campaign_id}/research/${run.id}`}
        className="flex min-w-0 flex-1 items-center gap-3 px-4 py-1.5 text-sm sm:px-6"
      >
        <span role="status" className="shrink-0 font-medium">
          {statusText(progress)}
        </span>
        <Progress
          value={done}
          max={Math.max(total, 1)}
          label="Research"
          valueText={`${formatNumber(done)} of ${formatNumber(total)} jobs`}
          tone={toneOf(progress, failed)}
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
      {status === "completed" && (
        <Button variant="ghost" size="icon-sm" aria-label="Dismiss" onClick={onDismiss}>
          <X className="text-muted-foreground" />
        </Button>
      )}
    </div>
  );
}

/**
 * How the campaign's research is doing, on one line of its other pages; nothing while none is under way. A run that ends
 * stays there to say so. Keeps what is known of the campaign's runs current for everything in its frame.
 */
export function RunProgressBar({ campaignId }: { campaignId: string }) {
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const [run, setRun] = useState<ResearchRun | null>(null);
  if (active && active.id !== run?.id) setRun(active);
  const { pathname } = useLocation();
  useLiveRuns(campaignId);
  if (!run || pathname.startsWith(`/c/${campaignId}/research`)) return null;
  return <Bar key={run.id} run={run} onDismiss={() => setRun(null)} />;
}
