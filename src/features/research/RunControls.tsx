import type { Progress } from "@contracts";
import { Pause, Play, RotateCcw } from "lucide-react";
import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toastError } from "@/components/ui/toast";
import { formatCount, formatNumber } from "@/lib/format";
import { isOnlyAboutContacts } from "./plan";
import { type RunAction, useRunAction } from "./run-queries";
import { runTotals } from "./totals";

/** Pause, resume, cancel and retry of a run, as its state allows. */
export function RunControls({ progress }: { progress: Progress }) {
  const { run } = progress;
  const action = useRunAction(run.id);
  const [confirming, setConfirming] = useState(false);
  const { failed, total, done } = runTotals(progress);
  const pendingOf = (name: RunAction) => action.isPending && action.variables === name;
  const act = (name: RunAction) => action.mutate(name, { onError: toastError });
  const active = run.status === "running" || run.status === "paused";
  return (
    <div className="flex flex-wrap gap-2">
      {failed > 0 && run.status !== "cancelled" && (
        <Button pending={pendingOf("retry")} onClick={() => act("retry")}>
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
        description={`What was found so far is kept. ${formatCount(Math.max(0, total - done), "job")} will not be done; you can start research for those ${isOnlyAboutContacts(run.stages) ? "contacts" : "companies"} again later.`}
        confirmLabel="Cancel research"
        cancelLabel="Keep going"
        destructive
        pending={pendingOf("cancel")}
        onConfirm={() =>
          action.mutate("cancel", { onError: toastError, onSettled: () => setConfirming(false) })
        }
      />
    </div>
  );
}
