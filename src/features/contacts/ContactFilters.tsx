import type { ContactRow } from "@contracts";
import { useMemo } from "react";
import { activeRowFilters, chips } from "@/components/data-table/active-row-filters";
import { distinct } from "@/components/data-table/distinct";
import { TextFilter, WordsFilter, YesNoFilter } from "@/components/data-table/filter-controls";
import type { ActiveFilter } from "@/components/data-table/filter-popover";
import { MoreFilters } from "@/components/data-table/more-filters";
import { useOwners } from "@/features/members/queries";
import type { ContactsState } from "./filter";

type Patch = (patch: Partial<ContactsState>) => void;

interface ContactFiltersProps {
  state: ContactsState;
  onChange: Patch;
  /** The loaded rows: their countries, seniorities and tags are offered while typing. */
  rows: readonly ContactRow[];
}

/** The controls that narrow a list of contacts. */
export function ContactFilters({ state, onChange, rows }: ContactFiltersProps) {
  const owners = useOwners();
  const countries = useMemo(() => distinct(rows.map((row) => row.country)), [rows]);
  const seniorities = useMemo(() => distinct(rows.map((row) => row.seniority)), [rows]);
  const tags = useMemo(() => distinct(rows.flatMap((row) => row.tags)), [rows]);
  return (
    <>
      <YesNoFilter label="Has e-mail" value={state.email} onChange={(email) => onChange({ email })} />
      <YesNoFilter label="Has phone" value={state.phone} onChange={(phone) => onChange({ phone })} />
      <YesNoFilter
        label="Has LinkedIn"
        value={state.linkedin}
        onChange={(linkedin) => onChange({ linkedin })}
      />
      <YesNoFilter
        label="Do not contact"
        value={state.doNotContact}
        onChange={(doNotContact) => onChange({ doNotContact })}
      />
      <TextFilter
        label="Title contains"
        placeholder="For example: head of sales"
        value={state.title}
        onChange={(title) => onChange({ title })}
      />
      <WordsFilter
        label="Has all tags"
        placeholder="Type a tag, press Enter"
        value={state.tag}
        onChange={(tag) => onChange({ tag })}
        suggestions={tags}
      />
      <MoreFilters
        state={state}
        onChange={onChange}
        owners={owners}
        inForce={state.seniority.length > 0 || state.country.length > 0}
      >
        <WordsFilter
          label="Seniority is"
          placeholder="Type a seniority, press Enter"
          value={state.seniority}
          onChange={(seniority) => onChange({ seniority })}
          suggestions={seniorities}
        />
        <WordsFilter
          label="Country is"
          placeholder="Type a country, press Enter"
          value={state.country}
          onChange={(country) => onChange({ country })}
          suggestions={countries}
        />
      </MoreFilters>
    </>
  );
}

/** The filters in force, as chips. `names.company` is that of the one company shown, where it is known. */
export function activeContactFilters(
  state: ContactsState,
  onChange: Patch,
  names: { company: string | undefined; owner: (id: string) => string },
): ActiveFilter[] {
  const { company, phone, linkedin, title, seniority, doNotContact } = state;
  const { active, add } = chips(onChange);
  if (company !== "") add("company", `At ${names.company ?? "one company"}`, { company: "" });
  if (phone !== null) add("phone", phone ? "Has phone" : "No phone", { phone: null });
  if (linkedin !== null) add("linkedin", linkedin ? "Has LinkedIn" : "No LinkedIn", { linkedin: null });
  if (doNotContact !== null) {
    add("doNotContact", doNotContact ? "Do not contact" : "May be contacted", { doNotContact: null });
  }
  if (title !== "") add("title", `Title has “${title}”`, { title: "" });
  if (seniority.length > 0) add("seniority", seniority.join(", "), { seniority: [] });
  return [...active, ...activeRowFilters(state, onChange, names.owner)];
}
