import { day, flag, id, list, type Params, pairs, text } from "@/lib/url-state";
import { RELEVANCE, type Sort } from "./column";

/** Most custom columns a list is narrowed by at once. */
export const MAX_CUSTOM = 5;

/** The owner of rows that nobody looks after. */
export const NOBODY = "nobody";

/** What lists of companies and of contacts are narrowed by alike, as their address says it. */
export interface RowFilters {
  q: string;
  email: boolean | null;
  country: readonly string[];
  tag: readonly string[];
  /** A user's id, `NOBODY`, or "" for whoever. */
  owner: string;
  /** The first and the last of the days on which rows were added or changed, in the user's time; "" is open. */
  addedFrom: string;
  addedTo: string;
  updatedFrom: string;
  updatedTo: string;
  /** Columns of imported files with the exact text of their cell. */
  custom: readonly (readonly [column: string, value: string])[];
  /** Just the rows one import made or changed. */
  import: string;
}

const owner = { ...id(), parse: (value: string) => (value === NOBODY ? NOBODY : id().parse(value)) };

export const rowFilterParams: Params<RowFilters> = {
  q: text(),
  email: flag(),
  country: list(),
  tag: list(),
  owner,
  addedFrom: day(),
  addedTo: day(),
  updatedFrom: day(),
  updatedTo: day(),
  custom: pairs(MAX_CUSTOM),
  import: id(),
};

/** No filter set, the search left as it is. */
export const NO_ROW_FILTERS = {
  email: null,
  country: [],
  tag: [],
  owner: "",
  addedFrom: "",
  addedTo: "",
  updatedFrom: "",
  updatedTo: "",
  custom: [],
  import: "",
} satisfies Partial<RowFilters>;

/** When a day begins (or the one after it, `later` 1) where the user is, as the server reads it. */
function startOf(date: string, later: 0 | 1 = 0): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, dayOfMonth + later).toISOString();
}

/** The part of a filter that `list_companies` and `list_contacts` take alike. */
export function rowFilterOf(state: RowFilters) {
  return {
    ...(state.q !== "" && { q: state.q }),
    ...(state.email !== null && { has_email: state.email }),
    ...(state.country.length > 0 && { country: [...state.country] }),
    ...(state.tag.length > 0 && { tags: [...state.tag] }),
    ...(state.owner !== "" && { owner_id: state.owner === NOBODY ? null : state.owner }),
    ...(state.addedFrom !== "" && { created_after: startOf(state.addedFrom) }),
    ...(state.addedTo !== "" && { created_before: startOf(state.addedTo, 1) }),
    ...(state.updatedFrom !== "" && { updated_after: startOf(state.updatedFrom) }),
    ...(state.updatedTo !== "" && { updated_before: startOf(state.updatedTo, 1) }),
    ...(state.custom.length > 0 && { custom: Object.fromEntries(state.custom) }),
    ...(state.import !== "" && { import_id: state.import }),
  };
}

interface Sorted {
  q: string;
  /** Null where the address does not say. */
  sort: string | null;
  direction: Sort["direction"];
}

/**
 * How a list is sorted: as its address says if that is one of the list's sorts, else the best matches of a search first, else in
 * the order of adding.
 */
export function sortOf({ q, sort, direction }: Sorted, sorts: readonly string[]): Sort {
  if (sort !== null && sorts.includes(sort)) return { by: sort, direction };
  return q === "" ? { by: "created_at", direction: "asc" } : { by: RELEVANCE, direction: "desc" };
}
