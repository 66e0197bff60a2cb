import { CONTACT_SORTS, type ContactFilter, type ContactSort } from "@contracts";
import type { Direction } from "@/components/data-table/column";
import { flag, list, oneOf, type Params, text } from "@/lib/url-state";

/** What the page's address says: search, filters, sort and the open contact ("" for none). */
export interface ContactsState {
  q: string;
  /** Just the people at one company, by its id. */
  company: string;
  email: boolean | null;
  phone: boolean | null;
  linkedin: boolean | null;
  title: string;
  doNotContact: boolean | null;
  tag: readonly string[];
  /** Just the contacts one import made or changed. */
  import: string;
  sort: ContactSort;
  direction: Direction;
  contact: string;
}

export const contactsParams: Params<ContactsState> = {
  q: text(),
  company: text(),
  email: flag(),
  phone: flag(),
  linkedin: flag(),
  title: text(),
  doNotContact: flag(),
  tag: list(),
  import: text(),
  sort: oneOf(CONTACT_SORTS, "created_at"),
  direction: oneOf(["asc", "desc"], "asc"),
  contact: text(),
};

/** The state with no filter set, the search left as it is. */
export const NO_FILTERS = {
  company: "",
  email: null,
  phone: null,
  linkedin: null,
  title: "",
  doNotContact: null,
  tag: [],
  import: "",
} satisfies Partial<ContactsState>;

/** The filter that `list_contacts` takes. */
export function contactFilterOf(state: ContactsState): ContactFilter {
  return {
    ...(state.q !== "" && { q: state.q }),
    ...(state.company !== "" && { company_id: state.company }),
    ...(state.email !== null && { has_email: state.email }),
    ...(state.phone !== null && { has_phone: state.phone }),
    ...(state.linkedin !== null && { has_linkedin: state.linkedin }),
    ...(state.title !== "" && { title: state.title }),
    ...(state.doNotContact !== null && { do_not_contact: state.doNotContact }),
    ...(state.tag.length > 0 && { tags: [...state.tag] }),
    ...(state.import !== "" && { import_id: state.import }),
  };
}
