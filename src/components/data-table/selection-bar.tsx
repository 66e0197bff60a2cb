import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatNumber } from "@/lib/format";

interface SelectionBarProps {
  /** Selected rows, null when not known. */
  count: number | null;
  /** How many match in words, where more than the selected ones do; selects them all. */
  matching: string | null;
  /** What the user should know of the selection. */
  notice: string | null;
  onSelectMatching: () => void;
  onClear: () => void;
  /** What can be done with the selection. */
  children: ReactNode;
}

/** Floats over the list while rows are selected; Escape in it lets go of them, as in the table. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, matching, notice, onSelectMatching, onClear, children } = props;
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      data-selection-bar
      onKeyDown={({ key, target, currentTarget, nativeEvent }) => {
        // React also brings keys of dialogs and menus that were opened here; they close themselves.
        const isHere = target instanceof Node && currentTarget.contains(target);
        if (key === "Escape" && isHere && !nativeEvent.defaultPrevented) onClear();
      }}
      className="absolute inset-x-4 bottom-4 z-30 mx-auto flex flex-col gap-1 rounded-lg bg-popover p-1.5 shadow-popover sm:w-fit"
    >
      {notice !== null && (
        <p role="status" className="px-1.5 pt-0.5 text-warning-text text-xs">
          {notice}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="pl-1.5 text-sm tabular-nums">
          {count === null ? "All" : formatNumber(count)} selected
        </span>
        {matching !== null && (
          <Button variant="link" className="px-1" onClick={onSelectMatching}>
            Select all {matching}
          </Button>
        )}
        {/* On a phone a row of their own, all across. */}
        <div className="flex items-center gap-2 max-sm:order-last max-sm:w-full max-sm:*:flex-1">
          {children}
        </div>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Clear selection"
          className="max-sm:ml-auto"
          onClick={onClear}
        >
          <X className="text-muted-foreground" />
        </Button>
      </div>
    </div>
  );
}
