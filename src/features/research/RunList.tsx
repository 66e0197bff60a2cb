import type { ResearchRun } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { stagesText } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { formatDateTime, formatDuration } from "@/lib/format";
import { runLook } from "./labels";
import { type ListedRun, progressOptions } from "./queries";
import { runTotals } from "./totals";
import { useCap } from "./use-cap";

function tookText({ created_at, finished_at }: ResearchRun): string {
  if (finished_at === null) return "";
  const seconds = (new Date(finished_at).getTime() - new Date(created_at).getTime()) / 1_000;
  return ` · took ${formatDuration(seconds)}`;
}

/** The runs of a campaign; the one that is open, whose progress somebody else asks for, is marked. */
export function RunList({ runs, openId }: { runs: readonly ListedRun[]; openId: string }) {
  // Results that come after a run has ended are told to those who have it open, and no list is read again for them.
  const { data: open } = useQuery({ ...progressOptions(openId), enabled: false });
  const cap = useCap(open);
  return (
    <Card>
      <CardHeader>
        <h2 className="font-semibold">All research of this campaign</h2>
      </CardHeader>
      <ul className="divide-y">
        {runs.map((run) => {
          const { label, variant } =
            open?.run.id === run.id
              ? runLook(open.run.status, runTotals(open), cap?.isReached)
              : runLook(run.status, run.ended);
          return (
            <li key={run.id}>
              <Link
                to={`/c/${run.campaign_id}/research/${run.id}`}
                aria-current={run.id === openId ? "page" : undefined}
                className="flex items-center gap-3 px-4 py-2 text-sm hover:bg-muted aria-[current=page]:bg-primary-subtle"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{formatDateTime(run.created_at)}</span>
                  <span className="block text-muted-foreground">
                    {stagesText(run.stages)}
                    {tookText(run)}
                  </span>
                </span>
                <Badge variant={variant}>{label}</Badge>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
