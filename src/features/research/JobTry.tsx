import { useQuery } from "@tanstack/react-query";
import { Exchange } from "@/components/record/exchange";
import type { BadgeLook } from "@/components/record/job-labels";
import { Notes } from "@/components/record/notes";
import { SectionState } from "@/components/record/section-state";
import { SendAgain, SentAgainBy } from "@/components/record/send-again";
import { Badge } from "@/components/ui/badge";
import { batchDeliveriesOptions, useRedeliver } from "@/features/integrations/queries";
import { useOwners } from "@/features/members/queries";
import { useRole } from "@/features/workspaces/queries";
import { formatDateTime } from "@/lib/format";
import { can } from "@/lib/roles";
import type { Try } from "./job-story";

const OUTCOME: Record<Try["outcome"], BadgeLook> = {
  retry: { label: "Tried again", variant: "warning" },
  failed: { label: "Failed", variant: "destructive" },
  processing: { label: "Working", variant: "info" },
  waiting: { label: "Handed over", variant: "warning" },
  completed: { label: "Done", variant: "success" },
};

interface JobTryProps {
  one: Try;
  workspaceId: string;
  /** An integration does the stage: there is a request to show. */
  isSent: boolean;
}

/** One try of a job, with the request that was sent for it and the response. */
export function JobTry({ one, workspaceId, isSent }: JobTryProps) {
  const { label, variant } = OUTCOME[one.outcome];
  return (
    <li className="flex min-w-0 flex-col gap-1 border-t py-2.5 first:border-t-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">Attempt {one.attempt}</span>
        <Badge variant={variant}>{label}</Badge>
        {one.at !== null && (
          <span className="ml-auto text-muted-foreground text-xs">{formatDateTime(one.at)}</span>
        )}
      </p>
      {one.message !== null && <p className="break-words text-sm">{one.message}</p>}
      {isSent && one.batchId !== null && (
        <TryDeliveries workspaceId={workspaceId} batchId={one.batchId} outcome={one.outcome} />
      )}
    </li>
  );
}

interface TryDeliveriesProps {
  workspaceId: string;
  batchId: string;
  outcome: Try["outcome"];
}

function TryDeliveries({ workspaceId, batchId, outcome }: TryDeliveriesProps) {
  const query = useQuery(batchDeliveriesOptions(workspaceId, batchId));
  const redeliver = useRedeliver(workspaceId);
  const people = useOwners();
  const mayWork = can(useRole(), "research");
  const newest = query.data?.at(-1);
  return (
    <>
      <SectionState
        query={query}
        empty={
          outcome === "processing"
            ? "Its request is kept once it is answered."
            : "Its request is not kept any more, or was never sent."
        }
      />
      {query.data?.map((delivery) => (
        <div key={delivery.id} className="flex min-w-0 flex-col gap-1">
          <Exchange data={delivery} />
          <SentAgainBy userId={delivery.resent_by} people={people} />
          <Notes notes={delivery.notes} />
        </div>
      ))}
      {newest && mayWork && <SendAgain delivery={newest} redeliver={redeliver} />}
    </>
  );
}
