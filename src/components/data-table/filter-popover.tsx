import { ListFilter, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTitle, PopoverTrigger } from "@/components/ui/popover";

/** One filter in force: what its chip says and how it is taken away. */
export interface ActiveFilter {
  key: string;
  label: string;
  onRemove: () => void;
}

interface FilterPopoverProps {
  active: readonly ActiveFilter[];
  onClear: () => void;
  /** The controls. */
  children: ReactNode;
}

/** The button that opens a list's filters. */
export function FilterPopover({ active, onClear, children }: FilterPopoverProps) {
  return (
    <Popover>
      <PopoverTrigger
        render={
          <Button>
            <ListFilter className="text-muted-foreground" />
            Filter
            {active.length > 0 && (
              <span className="rounded-sm bg-primary-subtle px-1 text-primary-text text-xs tabular-nums">
                {active.length}
              </span>
            )}
          </Button>
        }
      />
      <PopoverContent>
        <div className="mb-3 flex items-center justify-between">
          <PopoverTitle className="font-medium text-sm">Filter</PopoverTitle>
          <Button variant="link" size="sm" className="px-0" disabled={active.length === 0} onClick={onClear}>
            Clear all
          </Button>
        </div>
        <div className="flex flex-col gap-4">{children}</div>
      </PopoverContent>
    </Popover>
  );
}

/** The filters in force, each to be taken away. */
export function ActiveFilters({ active }: { active: readonly ActiveFilter[] }) {
  return active.map(({ key, label, onRemove }) => (
    <span
      key={key}
      className="inline-flex h-7 max-w-56 shrink-0 items-center gap-1 rounded-md border bg-muted pr-0.5 pl-2 text-sm"
    >
      <span className="truncate">{label}</span>
      <button
        type="button"
        aria-label={`Remove filter: ${label}`}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  ));
}
