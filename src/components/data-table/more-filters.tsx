import { ChevronRight, Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { confirms } from "@/components/ui/confirms";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { DayRange } from "./day-range";
import { FilterSection } from "./filter-controls";
import { MAX_CUSTOM, NO_ROW_FILTERS, NOBODY, type RowFilters } from "./row-filters";

type Patch = (patch: Partial<RowFilters>) => void;

interface MoreFiltersProps {
  state: RowFilters;
  onChange: Patch;
  /** Who rows can belong to. */
  owners: readonly { value: string; label: string }[];
  /** One of the further controls is in force. */
  inForce: boolean;
  /** Further controls, before the common ones. */
  children: ReactNode;
}

/** The filters that are needed less often, behind a line that opens; open from the start when one of them is in force. */
export function MoreFilters({ state, onChange, owners, inForce, children }: MoreFiltersProps) {
  const [open, setOpen] = useState(
    inForce ||
      state.owner !== "" ||
      state.custom.length > 0 ||
      (["addedFrom", "addedTo", "updatedFrom", "updatedTo"] as const).some((key) => state[key] !== ""),
  );
  return (
    <details
      className="group/more -mx-3 border-t px-3 pt-3"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex cursor-pointer items-center gap-1 rounded-sm font-medium text-muted-foreground text-sm hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open/more:rotate-90" />
        More filters
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        {children}
        <FilterSection label="Owner">
          <Select
            aria-label="Owner"
            options={[{ value: ANYBODY, label: "Anybody" }, { value: NOBODY, label: "Nobody" }, ...owners]}
            value={state.owner || ANYBODY}
            onValueChange={(owner) => onChange({ owner: owner === ANYBODY ? NO_ROW_FILTERS.owner : owner })}
          />
        </FilterSection>
        <DayRange
          label="Added"
          from={state.addedFrom}
          to={state.addedTo}
          onFrom={(addedFrom) => onChange({ addedFrom })}
          onTo={(addedTo) => onChange({ addedTo })}
        />
        <DayRange
          label="Updated"
          from={state.updatedFrom}
          to={state.updatedTo}
          onFrom={(updatedFrom) => onChange({ updatedFrom })}
          onTo={(updatedTo) => onChange({ updatedTo })}
        />
        <CustomFilter value={state.custom} onChange={(custom) => onChange({ custom })} />
      </div>
    </details>
  );
}

const ANYBODY = "anybody";

interface CustomFilterProps {
  value: RowFilters["custom"];
  onChange: (value: RowFilters["custom"]) => void;
}

/** Columns of imported files with the exact text of their cell, each added with Enter. */
function CustomFilter({ value, onChange }: CustomFilterProps) {
  const [column, setColumn] = useState("");
  const [text, setText] = useState("");
  const ready = column.trim() !== "" && text.trim() !== "" && value.length < MAX_CUSTOM;
  function add() {
    if (!ready) return;
    const others = value.filter(([other]) => other !== column.trim());
    onChange([...others, [column.trim(), text.trim()]]);
    setColumn("");
    setText("");
  }
  const addOnEnter = (event: Parameters<typeof confirms>[0]) => {
    if (confirms(event)) add();
  };
  return (
    <FilterSection label="Column of your file is exactly">
      {value.map(([name, cell]) => (
        <div key={name} className="flex items-center gap-1 text-sm">
          <span className="min-w-0 flex-1 truncate">
            {name} <span className="text-muted-foreground">is</span> {cell}
          </span>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${name}`}
            onClick={() => onChange(value.filter(([other]) => other !== name))}
          >
            <X className="text-muted-foreground" />
          </Button>
        </div>
      ))}
      {value.length < MAX_CUSTOM && (
        <div className="flex items-center gap-1.5">
          <Input
            aria-label="Column"
            placeholder="Column"
            className="min-w-0"
            maxLength={200}
            value={column}
            onValueChange={setColumn}
            onKeyDown={addOnEnter}
          />
          <Input
            aria-label="Text of the column"
            placeholder="Text"
            className="min-w-0"
            maxLength={200}
            value={text}
            onValueChange={setText}
            onKeyDown={addOnEnter}
          />
          <Button variant="ghost" size="icon-sm" aria-label="Add column" disabled={!ready} onClick={add}>
            <Plus className="text-muted-foreground" />
          </Button>
        </div>
      )}
    </FilterSection>
  );
}
