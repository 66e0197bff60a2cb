import type { ResearchRun } from "@contracts";
import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toastError } from "@/components/ui/toast";
import { formatAmount } from "@/lib/format";
import { readNumber } from "@/lib/typed-number";
import { checkHigherCap } from "./cost-words";
import { exact } from "./plan";
import { useSpendCap } from "./run-queries";

interface RaiseCapProps {
  run: ResearchRun;
  spent: number;
  /** What will be spent when all that is left, as far as it is known, is sent. */
  costInAll: number;
}

/** Lets a run spend more: up to a higher cap, at first enough for all that is left, or without any. */
export function RaiseCap({ run, spent, costInAll }: RaiseCapProps) {
  const [text, setText] = useState(String(costInAll));
  const [removing, setRemoving] = useState(false);
  const raise = useSpendCap(run.id);
  const problem = checkHigherCap(text, spent);
  const pendingOf = (isRemoved: boolean) => raise.isPending && (raise.variables === null) === isRemoved;
  return (
    <>
      <form
        className="mt-3 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null && !raise.isPending) raise.mutate(readNumber(text), { onError: toastError });
        }}
      >
        <Field label="Spend at most" error={problem ?? undefined}>
          <Input
            value={text}
            onValueChange={setText}
            inputMode="decimal"
            autoComplete="off"
            className="max-w-40 tabular-nums"
          />
        </Field>
        <Button type="submit" pending={pendingOf(false)} disabled={problem !== null}>
          {run.status === "paused" ? "Raise the cap" : "Go on"}
        </Button>
        <Button variant="ghost" onClick={() => setRemoving(true)}>
          Remove the cap…
        </Button>
      </form>
      <AlertDialog
        open={removing}
        onOpenChange={setRemoving}
        title="Remove the spending cap?"
        description={`Everything that is left is sent, whatever it costs: ${formatAmount(exact(costInAll - spent))} more, as far as that is known.`}
        confirmLabel="Remove the cap"
        cancelLabel="Keep it"
        pending={pendingOf(true)}
        onConfirm={() => raise.mutate(null, { onError: toastError, onSettled: () => setRemoving(false) })}
      />
    </>
  );
}
