import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readNumber } from "@/lib/typed-number";
import { type Covered, checkCap, estimateText } from "./cost-words";
import type { PaidStage } from "./plan";

interface CostFieldProps {
  paid: readonly PaidStage[];
  covered: Covered;
  /** Results that are known are used. */
  reuses: boolean;
  cap: string;
  onCap: (text: string) => void;
}

/** What the run may cost at most, as far as the settings of the integrations say, and what it must not exceed. */
export function CostField({ paid, covered, reuses, cap, onCap }: CostFieldProps) {
  const problem = checkCap(cap);
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <p aria-live="polite" className="text-sm">
        {estimateText(paid, covered, problem === null && cap.trim() !== "" ? readNumber(cap) : null)}
        {reuses && " What is known already costs nothing."}
      </p>
      <Field
        label="Spend at most"
        description="Jobs that would cost more in all are not sent. Empty for no cap."
        error={problem ?? undefined}
      >
        <Input
          value={cap}
          onValueChange={onCap}
          inputMode="decimal"
          autoComplete="off"
          placeholder="No cap"
          className="max-w-40 tabular-nums"
        />
      </Field>
    </div>
  );
}
