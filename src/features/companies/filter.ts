import {
  COMPANY_SORTS,
  type CompanyFilter,
  type CompanySort,
  RESEARCH_STATUSES,
  type ResearchStatus,
} from "@contracts";
import type { Direction } from "@/components/data-table/column";
import { flag, list, oneOf, type Param, type Params, text } from "@/lib/url-state";

/** What the page's address says: search, filters, sort and the open company ("" for none). */
export interface CompaniesState {
  q: string;
  status: readonly ResearchStatus[];
  email: boolean | null;
  website: boolean | null;
  country: readonly string[];
  tag: readonly string[];
  /** Just the companies one import made or changed. */
  import: string;
  sort: CompanySort;
  direction: Direction;
  company: string;
}

const statuses: Param<readonly ResearchStatus[]> = {
  parse: (value) => {
    const words = new Set(value.split(","));
    return RESEARCH_STATUSES.filter((status) => words.has(status));
  },
  format: (value) => value.join(","),
  fallback: [],
};

export const companiesParams: Params<CompaniesState> = {
  q: text(),
  status: statuses,
  email: flag(),
  website: flag(),
  country: list(),
  tag: list(),
  import: text(),
  sort: oneOf(COMPANY_SORTS, "created_at"),
  direction: oneOf(["asc", "desc"], "asc"),
  company: text(),
};

/** The state with no filter set, the search left as it is. */
export const NO_FILTERS = {
  status: [],
  email: null,
  website: null,
  country: [],
  tag: [],
  import: "",
} satisfies Partial<CompaniesState>;

/** The filter that `list_companies` takes. */
export function companyFilterOf(state: CompaniesState): CompanyFilter {
  return {
    ...(state.q !== "" && { q: state.q }),
    ...(state.status.length > 0 && { status: [...state.status] }),
    ...(state.email !== null && { has_email: state.email }),
    ...(state.website !== null && { has_website: state.website }),
    ...(state.country.length > 0 && { country: [...state.country] }),
    ...(state.tag.length > 0 && { tags: [...state.tag] }),
    ...(state.import !== "" && { import_id: state.import }),
  };
}
