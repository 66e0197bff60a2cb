import { type CompanyRow, RESEARCH_STATUSES } from "@contracts";
import { useMemo } from "react";
import { activeRowFilters, chips } from "@/components/data-table/active-row-filters";
import { distinct } from "@/components/data-table/distinct";
import { ChoicesFilter, WordsFilter, YesNoFilter } from "@/components/data-table/filter-controls";
import type { ActiveFilter } from "@/components/data-table/filter-popover";
import { MoreFilters } from "@/components/data-table/more-filters";
import { useOwners } from "@/features/members/queries";
import type { CompaniesState } from "./filter";
import { StatusBadge, statusLabel } from "./StatusBadge";

type Patch = (patch: Partial<CompaniesState>) => void;

interface CompanyFiltersProps {
  state: CompaniesState;
  onChange: Patch;
  /** The loaded rows: their countries, sizes and tags are offered while typing. */
  rows: readonly CompanyRow[];
}

const STATUS_OPTIONS = RESEARCH_STATUSES.map((value) => ({ value, label: <StatusBadge status={value} /> }));

/** The controls that narrow a list of companies. */
export function CompanyFilters({ state, onChange, rows }: CompanyFiltersProps) {
  const owners = useOwners();
  const countries = useMemo(() => distinct(rows.map((row) => row.country)), [rows]);
  const sizes = useMemo(() => distinct(rows.map((row) => row.employees)), [rows]);
  const tags = useMemo(() => distinct(rows.flatMap((row) => row.tags)), [rows]);
  return (
    <>
      <ChoicesFilter
        label="Research"
        options={STATUS_OPTIONS}
        value={state.status}
        onChange={(status) => onChange({ status })}
      />
      <YesNoFilter label="Has e-mail" value={state.email} onChange={(email) => onChange({ email })} />
      <YesNoFilter label="Has website" value={state.website} onChange={(website) => onChange({ website })} />
      <WordsFilter
        label="Country is"
        placeholder="Type a country, press Enter"
        value={state.country}
        onChange={(country) => onChange({ country })}
        suggestions={countries}
      />
      <WordsFilter
        label="Has all tags"
        placeholder="Type a tag, press Enter"
        value={state.tag}
        onChange={(tag) => onChange({ tag })}
        suggestions={tags}
      />
      <MoreFilters state={state} onChange={onChange} owners={owners} inForce={state.size.length > 0}>
        <WordsFilter
          label="Employees is"
          placeholder="As in the list, press Enter"
          value={state.size}
          onChange={(size) => onChange({ size })}
          suggestions={sizes}
        />
      </MoreFilters>
    </>
  );
}

/** The filters in force, as chips. */
export function activeCompanyFilters(
  state: CompaniesState,
  onChange: Patch,
  ownerName: (id: string) => string,
): ActiveFilter[] {
  const { status, website, size } = state;
  const { active, add } = chips(onChange);
  if (status.length > 0) add("status", status.map(statusLabel).join(", "), { status: [] });
  if (website !== null) add("website", website ? "Has website" : "No website", { website: null });
  if (size.length > 0) add("size", `${size.join(", ")} employees`, { size: [] });
  return [...active, ...activeRowFilters(state, onChange, ownerName)];
}
