import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toastError } from "@/components/ui/toast";
import { formatAmount } from "@/lib/format";
import { readNumber } from "@/lib/typed-number";
import { checkCap } from "./cost-words";
import { useSpendCap } from "./run-queries";

/** Lets a run spend more. */
export function RaiseCap({ runId, spent }: { runId: string; spent: number }) {
  const [text, setText] = useState("");
  const raise = useSpendCap(runId);
  const typed = text.trim() === "" ? null : readNumber(text);
  const tooLow = typed !== null && typed <= spent;
  const problem =
    checkCap(text) ?? (tooLow ? `Enter more than ${formatAmount(spent)}, which is spent already.` : null);
  return (
    <form
      className="mt-3 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        raise.mutate(typed, { onError: toastError });
      }}
    >
      <Field label="Spend at most" description="Empty for no cap." error={problem ?? undefined}>
        <Input
          value={text}
          onValueChange={setText}
          inputMode="decimal"
          autoComplete="off"
          placeholder="No cap"
          className="max-w-40 tabular-nums"
        />
      </Field>
      <Button type="submit" pending={raise.isPending} disabled={problem !== null}>
        Go on
      </Button>
    </form>
  );
}
