import type { Progress } from "@contracts";
import { Alert } from "@/components/ui/alert";
import { formatAmount } from "@/lib/format";
import { RaiseCap } from "./RaiseCap";
import type { CapState } from "./use-cap";

interface CapNoticeProps {
  progress: Progress;
  cap: CapState | undefined;
  /** Whether the reader may raise the cap. */
  mayRaise: boolean;
}

/** Says that a run has spent what it may, and what to do; nothing before. */
export function CapNotice({ progress: { run, spent }, cap, mayRaise }: CapNoticeProps) {
  if (!cap?.isReached || run.spend_cap === null) return null;
  return (
    <Alert variant="warning" title="The spending cap is reached">
      {formatAmount(spent)} of {formatAmount(run.spend_cap)} is spent, and the next job would cost more than
      is left: what is queued is not sent{run.status === "paused" && ", also when you resume"}. Results that
      are still to come are taken. {formatAmount(cap.costInAll)} would be enough for all that is left, as far
      as that is known.
      {mayRaise && <RaiseCap run={run} spent={spent} costInAll={cap.costInAll} />}
    </Alert>
  );
}
