import { SearchBox } from "@/components/data-table/search-box";
import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { CAMPAIGN_ORDERS, type CampaignsState } from "./listing";

const STATES = [
  { value: "active", label: "Active" },
  { value: "archived", label: "Archived" },
  { value: "all", label: "All" },
] as const;

interface CampaignsToolbarProps {
  state: CampaignsState;
  onChange: (patch: Partial<CampaignsState>) => void;
}

/** Searches the names of campaigns, also archived ones, and says in which order they come. */
export default function CampaignsToolbar({ state, onChange }: CampaignsToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5 sm:px-6">
      <SearchBox label="Search campaigns" value={state.q} onChange={(q) => onChange({ q })} />
      <fieldset className="flex rounded-md bg-accent p-0.5">
        <legend className="sr-only">Show</legend>
        {STATES.map(({ value, label }) => (
          <label
            key={value}
            className={cn(
              "cursor-pointer rounded-sm px-2.5 py-0.5 text-muted-foreground text-sm has-focus-visible:outline-2 has-focus-visible:outline-ring",
              state.state === value && "bg-card text-foreground shadow-xs",
            )}
          >
            <input
              type="radio"
              name="campaigns"
              className="sr-only"
              checked={state.state === value}
              onChange={() => onChange({ state: value })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {/* The browser's own: the kit's would be more than all the rest of the page. */}
      <select
        aria-label="Order of campaigns"
        className={cn(controlClasses, "ml-auto h-8 w-auto px-2")}
        value={state.sort}
        onChange={({ currentTarget }) => {
          const chosen = CAMPAIGN_ORDERS.find(({ value }) => value === currentTarget.value);
          if (chosen) onChange({ sort: chosen.value });
        }}
      >
        {CAMPAIGN_ORDERS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
