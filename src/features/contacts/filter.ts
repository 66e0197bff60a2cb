import { CONTACT_SORTS, type ContactFilter, type ContactSort } from "@contracts";
import type { Direction } from "@/components/data-table/column";
import {
  NO_ROW_FILTERS,
  type RowFilters,
  rowFilterOf,
  rowFilterParams,
} from "@/components/data-table/row-filters";
import { flag, id, list, oneOf, type Params, text } from "@/lib/url-state";

/** What the page's address says: search, filters, sort and the open contact ("" for none). */
export interface ContactsState extends RowFilters {
  /** Just the people at one company, by its id. */
  company: string;
  phone: boolean | null;
  linkedin: boolean | null;
  title: string;
  seniority: readonly string[];
  doNotContact: boolean | null;
  /** Null where the address does not say. */
  sort: ContactSort | null;
  direction: Direction;
  contact: string;
  /** The campaign of the open contact, in lists of several. */
  campaign: string;
}

export const contactsParams: Params<ContactsState> = {
  ...rowFilterParams,
  company: id(),
  phone: flag(),
  linkedin: flag(),
  title: text(),
  seniority: list(),
  doNotContact: flag(),
  sort: oneOf(CONTACT_SORTS, null),
  direction: oneOf(["asc", "desc"], "asc"),
  contact: id(),
  campaign: id(),
};

/** The state with no filter set, the search left as it is. */
export const NO_FILTERS = {
  ...NO_ROW_FILTERS,
  company: "",
  phone: null,
  linkedin: null,
  title: "",
  seniority: [],
  doNotContact: null,
} satisfies Partial<ContactsState>;

/** The filter that `list_contacts` takes. */
export function contactFilterOf(state: ContactsState): ContactFilter {
  return {
    ...rowFilterOf(state),
    ...(state.company !== "" && { company_id: state.company }),
    ...(state.phone !== null && { has_phone: state.phone }),
    ...(state.linkedin !== null && { has_linkedin: state.linkedin }),
    ...(state.title !== "" && { title: state.title }),
    ...(state.seniority.length > 0 && { seniority: [...state.seniority] }),
    ...(state.doNotContact !== null && { do_not_contact: state.doNotContact }),
  };
}
