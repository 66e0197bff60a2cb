import type { ResearchRun } from "@contracts";
import { Link } from "react-router-dom";
import { stagesText } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { formatDateTime, formatDuration } from "@/lib/format";
import { RUN_STATUS } from "./labels";

function tookText({ created_at, finished_at }: ResearchRun): string {
  if (finished_at === null) return "";
  const seconds = (new Date(finished_at).getTime() - new Date(created_at).getTime()) / 1_000;
  return ` · took ${formatDuration(seconds)}`;
}

/** Earlier runs of a campaign; the one that is open is marked. */
export function RunList({ runs, openId }: { runs: readonly ResearchRun[]; openId: string | undefined }) {
  return (
    <Card>
      <CardHeader>
        <h2 className="font-semibold">All research of this campaign</h2>
      </CardHeader>
      <ul className="divide-y">
        {runs.map((run) => {
          const { label, variant } = RUN_STATUS[run.status];
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
