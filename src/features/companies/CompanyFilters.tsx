import { type CompanyRow, RESEARCH_STATUSES } from "@contracts";
import { useMemo } from "react";
import { distinct } from "@/components/data-table/distinct";
import { ChoicesFilter, WordsFilter, YesNoFilter } from "@/components/data-table/filter-controls";
import type { ActiveFilter } from "@/components/data-table/filter-popover";
import type { CompaniesState } from "./filter";
import { StatusBadge, statusLabel } from "./StatusBadge";

type Patch = (patch: Partial<CompaniesState>) => void;

interface CompanyFiltersProps {
  state: CompaniesState;
  onChange: Patch;
  /** The loaded rows: their countries and tags are offered while typing. */
  rows: readonly CompanyRow[];
}

const STATUS_OPTIONS = RESEARCH_STATUSES.map((value) => ({ value, label: <StatusBadge status={value} /> }));

/** The controls that narrow a list of companies. */
export function CompanyFilters({ state, onChange, rows }: CompanyFiltersProps) {
  const countries = useMemo(() => distinct(rows.map((row) => row.country)), [rows]);
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
    </>
  );
}

/** The filters in force, as chips. */
export function activeCompanyFilters(state: CompaniesState, onChange: Patch): ActiveFilter[] {
  const { status, email, website, country, tag } = state;
  const active: ActiveFilter[] = [];
  const add = (key: string, label: string, patch: Partial<CompaniesState>) =>
    active.push({ key, label, onRemove: () => onChange(patch) });
  if (status.length > 0) add("status", status.map(statusLabel).join(", "), { status: [] });
  if (email !== null) add("email", email ? "Has e-mail" : "No e-mail", { email: null });
  if (website !== null) add("website", website ? "Has website" : "No website", { website: null });
  if (country.length > 0) add("country", country.join(", "), { country: [] });
  if (tag.length > 0) add("tag", `Tagged ${tag.join(", ")}`, { tag: [] });
  if (state.import !== "") add("import", "From one import", { import: "" });
  return active;
}
