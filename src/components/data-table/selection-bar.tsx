import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatNumber } from "@/lib/format";

interface SelectionBarProps {
  /** Selected rows, null when not known. */
  count: number | null;
  /** How many match in words, where more than the selected ones do; selects them all. */
  matching: string | null;
  onSelectMatching: () => void;
  onClear: () => void;
  /** What can be done with the selection. */
  children: ReactNode;
}

/** Floats over the list while rows are selected. */
export function SelectionBar({ count, matching, onSelectMatching, onClear, children }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      className="absolute inset-x-0 bottom-4 z-30 mx-auto flex w-fit max-w-[calc(100%-2rem)] flex-wrap items-center gap-2 rounded-lg bg-popover p-1.5 pl-3 shadow-popover"
    >
      <span className="text-sm tabular-nums">{count === null ? "All" : formatNumber(count)} selected</span>
      {matching !== null && (
        <Button variant="link" className="px-1" onClick={onSelectMatching}>
          Select all {matching}
        </Button>
      )}
      {children}
      <Button variant="ghost" size="icon" aria-label="Clear selection" onClick={onClear}>
        <X className="text-muted-foreground" />
      </Button>
    </div>
  );
}
