import { formatDate } from "@/lib/format";
import type { ActiveFilter } from "./filter-popover";
import { NOBODY, type RowFilters } from "./row-filters";

/** Collects the filters in force as chips: each with how the page's state loses it. */
export function chips<State>(onChange: (patch: Partial<State>) => void) {
  const active: ActiveFilter[] = [];
  const add = (key: string, label: string, patch: Partial<State>) =>
    active.push({ key, label, onRemove: () => onChange(patch) });
  return { active, add };
}

/** The chips of what lists of companies and contacts have in common. `ownerName` is what a user's id stands for. */
export function activeRowFilters(
  state: RowFilters,
  onChange: (patch: Partial<RowFilters>) => void,
  ownerName: (id: string) => string,
): ActiveFilter[] {
  const { email, country, tag, owner, custom } = state;
  const { active, add } = chips(onChange);
  if (email !== null) add("email", email ? "Has e-mail" : "No e-mail", { email: null });
  if (country.length > 0) add("country", country.join(", "), { country: [] });
  if (tag.length > 0) add("tag", `Tagged ${tag.join(", ")}`, { tag: [] });
  if (owner !== "") add("owner", owner === NOBODY ? "No owner" : `Owner ${ownerName(owner)}`, { owner: "" });
  const added = rangeText("Added", state.addedFrom, state.addedTo);
  if (added !== null) add("added", added, { addedFrom: "", addedTo: "" });
  const updated = rangeText("Updated", state.updatedFrom, state.updatedTo);
  if (updated !== null) add("updated", updated, { updatedFrom: "", updatedTo: "" });
  for (const [column, value] of custom)
    add(`custom ${column}`, `${column} is ${value}`, {
      custom: custom.filter(([other]) => other !== column),
    });
  if (state.import !== "") add("import", "From one import", { import: "" });
  return active;
}

/** "Added Jan 1, 2026 – Jan 31, 2026", with an end left open "from" or "until"; null for no range. */
function rangeText(verb: string, from: string, to: string): string | null {
  const text = (day: string) => formatDate(`${day}T12:00:00`);
  if (from === "" && to === "") return null;
  if (to === "") return `${verb} from ${text(from)}`;
  if (from === "") return `${verb} until ${text(to)}`;
  return from === to ? `${verb} on ${text(from)}` : `${verb} ${text(from)} – ${text(to)}`;
}
