import { Check, Minus } from "lucide-react";

interface TableCheckboxProps {
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  /** Rows leave the tab order to the grid: there the space key selects. */
  tabIndex?: number;
  /** Left out where the grid handles the clicks of all its rows. */
  onToggle?: () => void;
}

/** A native checkbox in the kit's looks: hundreds of these come and go while a list scrolls. */
export function TableCheckbox({
  label,
  checked,
  indeterminate = false,
  tabIndex,
  onToggle,
}: TableCheckboxProps) {
  const Mark = indeterminate ? Minus : Check;
  return (
    <label className="relative flex size-full cursor-pointer select-none items-center pl-4 sm:pl-6">
      <input
        type="checkbox"
        aria-label={label}
        className="peer size-4 cursor-pointer appearance-none rounded-sm border border-muted-foreground/60 bg-card shadow-xs hover:border-muted-foreground checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary"
        checked={checked}
        readOnly
        tabIndex={tabIndex}
        ref={(input) => {
          if (input) input.indeterminate = indeterminate;
        }}
        onClick={onToggle}
      />
      <Mark
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute ml-0.5 hidden size-3 text-primary-foreground peer-checked:block peer-indeterminate:block"
      />
    </label>
  );
}
