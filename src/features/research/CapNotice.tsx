import type { Progress } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "@/components/ui/alert";
import { integrationsOptions } from "@/features/integrations/queries";
import { formatAmount } from "@/lib/format";
import { isCapReached } from "./cost-words";
import { RaiseCap } from "./RaiseCap";

interface CapNoticeProps {
  progress: Progress;
  workspaceId: string | undefined;
  /** Whether the reader may raise the cap. */
  mayRaise: boolean;
}

/** Says that a run has spent what it may, and what to do; nothing before. */
export function CapNotice({ progress, workspaceId, mayRaise }: CapNoticeProps) {
  const { data: integrations } = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
  });
  const { run, spent, providers } = progress;
  const isReached = isCapReached(progress, (stage) => {
    const provider = providers[stage] ?? null;
    if (provider === null) return 0;
    return integrations?.find(({ id }) => id === provider)?.cost_per_job ?? null;
  });
  if (!isReached || run.spend_cap === null) return null;
  return (
    <Alert variant="warning" title="The spending cap is reached">
      {formatAmount(spent)} of {formatAmount(run.spend_cap)} is spent, and the next job would cost more than
      is left: what is queued is not sent. Results that are still to come are taken.
      {mayRaise && <RaiseCap runId={run.id} spent={spent} />}
    </Alert>
  );
}
