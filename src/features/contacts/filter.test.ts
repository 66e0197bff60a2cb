import { CONTACT_SORTS, contactFilter } from "@contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_ROW_FILTERS } from "@/components/data-table/row-filters";
import { readState, writeState } from "@/lib/url-state";
import { type ContactsState, contactFilterOf, contactsParams } from "./filter";

const yesNo = fc.constantFrom(true, false, null);
const id = fc.constantFrom("", "3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a22");
/** The filters of contacts alone; those that companies have too are tested with them. */
const state: fc.Arbitrary<ContactsState> = fc
  .record({
    q: fc.string({ maxLength: 10 }),
    company: id,
    phone: yesNo,
    linkedin: yesNo,
    title: fc.string({ maxLength: 10 }),
    seniority: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 4 }),
    doNotContact: yesNo,
    sort: fc.constantFrom(...CONTACT_SORTS, null),
    direction: fc.constantFrom("asc" as const, "desc" as const),
    contact: id,
    campaign: id,
  })
  .map((own) => ({ ...NO_ROW_FILTERS, ...own }));

test("what the page shows survives in its address", () => {
  fc.assert(
    fc.property(state, (wanted) => {
      const search = writeState(contactsParams, new URLSearchParams(), wanted);
      expect(readState(contactsParams, new URLSearchParams(search.toString()))).toEqual(wanted);
    }),
  );
});

test("every state makes a filter the server takes", () => {
  fc.assert(
    fc.property(state, (wanted) => {
      expect(contactFilter.parse(contactFilterOf(wanted))).toEqual(contactFilterOf(wanted));
    }),
  );
});

test("a filter says just what is set, also a no", () => {
  const search = new URLSearchParams(
    "company=3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a22&title=sales&doNotContact=0",
  );
  expect(contactFilterOf(readState(contactsParams, search))).toEqual({
    company_id: "3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a22",
    title: "sales",
    do_not_contact: false,
  });
  expect(contactFilterOf(readState(contactsParams, new URLSearchParams()))).toEqual({});
});
