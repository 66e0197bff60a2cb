import { type ReactNode, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

interface OptionProps {
  label: string;
  hint: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** A checkbox with its name and a line about it. */
export function Option({ label, hint, checked, onChange, disabled = false }: OptionProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 items-start gap-2.5">
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={`${id}-hint`}
      />
      <div className="flex min-w-0 flex-col">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <span id={`${id}-hint`} className="text-muted-foreground text-sm">
          {hint}
        </span>
      </div>
    </div>
  );
}
