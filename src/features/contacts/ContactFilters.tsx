import type { ContactRow } from "@contracts";
import { useMemo } from "react";
import { distinct } from "@/components/data-table/distinct";
import { TextFilter, WordsFilter, YesNoFilter } from "@/components/data-table/filter-controls";
import type { ActiveFilter } from "@/components/data-table/filter-popover";
import type { ContactsState } from "./filter";

type Patch = (patch: Partial<ContactsState>) => void;

interface ContactFiltersProps {
  state: ContactsState;
  onChange: Patch;
  /** The loaded rows: their tags are offered while typing. */
  rows: readonly ContactRow[];
}

/** The controls that narrow a list of contacts. */
export function ContactFilters({ state, onChange, rows }: ContactFiltersProps) {
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
    </>
  );
}

/** The filters in force, as chips. `companyName` is that of the one company shown, where it is known. */
export function activeContactFilters(
  state: ContactsState,
  onChange: Patch,
  companyName: string | undefined,
): ActiveFilter[] {
  const { company, email, phone, linkedin, title, doNotContact, tag } = state;
  const active: ActiveFilter[] = [];
  const add = (key: string, label: string, patch: Partial<ContactsState>) =>
    active.push({ key, label, onRemove: () => onChange(patch) });
  if (company !== "") add("company", `At ${companyName ?? "one company"}`, { company: "" });
  if (email !== null) add("email", email ? "Has e-mail" : "No e-mail", { email: null });
  if (phone !== null) add("phone", phone ? "Has phone" : "No phone", { phone: null });
  if (linkedin !== null) add("linkedin", linkedin ? "Has LinkedIn" : "No LinkedIn", { linkedin: null });
  if (doNotContact !== null) {
    add("doNotContact", doNotContact ? "Do not contact" : "May be contacted", { doNotContact: null });
  }
  if (title !== "") add("title", `Title has “${title}”`, { title: "" });
  if (tag.length > 0) add("tag", `Tagged ${tag.join(", ")}`, { tag: [] });
  if (state.import !== "") add("import", "From one import", { import: "" });
  return active;
}
