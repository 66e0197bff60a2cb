import { confirms } from "@/components/ui/confirms";
import { Input } from "@/components/ui/input";
import { isDay } from "@/lib/url-state";
import { FilterSection } from "./filter-controls";
import { useDraft } from "./use-draft";

interface DayRangeProps {
  label: string;
  /** Days as 2026-01-31, "" for open. */
  from: string;
  to: string;
  onFrom: (day: string) => void;
  onTo: (day: string) => void;
}

/** Later days would let browsers take years of six digits. */
const LAST_DAY = "9999-12-31";

/** The first and the last day, either left open. */
export function DayRange({ label, from, to, onFrom, onTo }: DayRangeProps) {
  return (
    <FilterSection label={label}>
      <div className="flex items-center gap-1.5">
        <DayInput label={`${label} from`} value={from} max={to || LAST_DAY} onChange={onFrom} />
        <span aria-hidden className="text-muted-foreground text-sm">
          –
        </span>
        <DayInput label={`${label} until`} value={to} min={from} max={LAST_DAY} onChange={onTo} />
      </div>
    </FilterSection>
  );
}

interface DayInputProps {
  label: string;
  value: string;
  min?: string;
  max: string;
  onChange: (value: string) => void;
}

/** One day, applied once it makes sense: a browser reports the year 2026 as 2, 20 and 202 while it is typed. */
function DayInput({ label, value, min, max, onChange }: DayInputProps) {
  const { draft, asked, edit, tell } = useDraft(value, onChange);
  const tidy = () => edit(asked);
  return (
    <Input
      type="date"
      aria-label={label}
      className="min-w-0 px-1.5"
      value={draft}
      min={min}
      max={max}
      onValueChange={(next) => {
        edit(next);
        if (next === "" || isDay(next)) tell(next);
      }}
      onBlur={tidy}
      onKeyDown={(event) => {
        if (confirms(event)) tidy();
      }}
    />
  );
}
