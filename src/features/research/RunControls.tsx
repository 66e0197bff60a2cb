import type { Progress } from "@contracts";
import { Pause, Play, RotateCcw } from "lucide-react";
import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toastError } from "@/components/ui/toast";
import { formatNumber } from "@/lib/format";
import { cancelText } from "./cancel-words";
import { type RunAction, useRetryFailed, useRunAction } from "./run-queries";
import { runTotals } from "./totals";

/** Pause, resume, cancel and retry of a run, as its state allows. */
export function RunControls({ progress }: { progress: Progress }) {
  const { run } = progress;
  const action = useRunAction(run.id);
  const [confirming, setConfirming] = useState(false);
  const retry = useRetryFailed(run.id);
  const { failed } = runTotals(progress);
  const pendingOf = (name: RunAction) => action.isPending && action.variables === name;
  const act = (name: RunAction) => action.mutate(name, { onError: toastError });
  const active = run.status === "running" || run.status === "paused";
  return (
    <div className="flex flex-wrap gap-2">
      {failed > 0 && run.status !== "cancelled" && (
        <Button pending={retry.isPending} onClick={() => retry.mutate(null, { onError: toastError })}>
          <RotateCcw />
          Retry {formatNumber(failed)} failed
        </Button>
      )}
      {run.status === "running" && (
        <Button pending={pendingOf("pause")} onClick={() => act("pause")}>
          <Pause />
          Pause
        </Button>
      )}
      {run.status === "paused" && (
        <Button variant="primary" pending={pendingOf("resume")} onClick={() => act("resume")}>
          <Play />
          Resume
        </Button>
      )}
      {active && <Button onClick={() => setConfirming(true)}>Cancel…</Button>}
      <AlertDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Cancel this research?"
        description={cancelText(progress)}
        confirmLabel="Cancel research"
        cancelLabel={run.status === "paused" ? "Keep it paused" : "Keep going"}
        destructive
        pending={pendingOf("cancel")}
        onConfirm={() =>
          action.mutate("cancel", { onError: toastError, onSettled: () => setConfirming(false) })
        }
      />
    </div>
  );
}
