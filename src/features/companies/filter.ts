import {
  COMPANY_SORTS,
  type CompanyFilter,
  type CompanySort,
  RESEARCH_STATUSES,
  type ResearchStatus,
} from "@contracts";
import type { Direction } from "@/components/data-table/column";
import {
  NO_ROW_FILTERS,
  type RowFilters,
  rowFilterOf,
  rowFilterParams,
} from "@/components/data-table/row-filters";
import { flag, id, list, oneOf, type Param, type Params } from "@/lib/url-state";

/** What the page's address says: search, filters, sort and the open company ("" for none). */
export interface CompaniesState extends RowFilters {
  status: readonly ResearchStatus[];
  website: boolean | null;
  size: readonly string[];
  /** Null where the address does not say. */
  sort: CompanySort | null;
  direction: Direction;
  company: string;
  /** The campaign of the open company, in lists of several. */
  campaign: string;
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
  ...rowFilterParams,
  status: statuses,
  website: flag(),
  size: list(),
  sort: oneOf(COMPANY_SORTS, null),
  direction: oneOf(["asc", "desc"], "asc"),
  company: id(),
  campaign: id(),
};

/** The state with no filter set, the search left as it is. */
export const NO_FILTERS = {
  ...NO_ROW_FILTERS,
  status: [],
  website: null,
  size: [],
} satisfies Partial<CompaniesState>;

/** The filter that `list_companies` takes. */
export function companyFilterOf(state: CompaniesState): CompanyFilter {
  return {
    ...rowFilterOf(state),
    ...(state.status.length > 0 && { status: [...state.status] }),
    ...(state.website !== null && { has_website: state.website }),
    ...(state.size.length > 0 && { size: [...state.size] }),
  };
}
