import { COMPANY_SORTS, companyFilter, RESEARCH_STATUSES } from "@contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_ROW_FILTERS } from "@/components/data-table/row-filters";
import { readState, writeState } from "@/lib/url-state";
import { type CompaniesState, companiesParams, companyFilterOf, NO_FILTERS } from "./filter";

const words = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 4 });
const yesNo = fc.constantFrom(true, false, null);
/** The filters of companies alone; those that contacts have too are tested with them. */
const state: fc.Arbitrary<CompaniesState> = fc
  .record({
    q: fc.string({ maxLength: 10 }),
    status: fc.subarray([...RESEARCH_STATUSES]),
    website: yesNo,
    size: words,
    sort: fc.constantFrom(...COMPANY_SORTS, null),
    direction: fc.constantFrom("asc" as const, "desc" as const),
    company: fc.constantFrom("", "3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a22"),
    campaign: fc.constantFrom("", "3d6a2b10-52a7-4b8e-9b1f-5e0f4f3f8a23"),
  })
  .map((own) => ({ ...NO_ROW_FILTERS, ...own }));

test("what the page shows survives in its address", () => {
  fc.assert(
    fc.property(state, (wanted) => {
      const search = writeState(companiesParams, new URLSearchParams(), wanted);
      expect(readState(companiesParams, new URLSearchParams(search.toString()))).toEqual(wanted);
    }),
  );
});

test("every state makes a filter the server takes", () => {
  fc.assert(
    fc.property(state, (wanted) => {
      expect(companyFilter.parse(companyFilterOf(wanted))).toEqual(companyFilterOf(wanted));
    }),
  );
});

test("without filters nothing is asked of the server, and senseless parameters count as none", () => {
  const senseless = readState(
    companiesParams,
    new URLSearchParams("status=lost,found&email=maybe&sort=luck"),
  );
  expect(companyFilterOf(senseless)).toEqual({});
  expect(senseless.sort).toBeNull();
  expect(companyFilterOf({ ...senseless, ...NO_FILTERS, q: "acme" })).toEqual({ q: "acme" });
});

test("a filter says just what is set, also a no", () => {
  const search = new URLSearchParams("q=acme&status=failed&email=0&tag=hot");
  expect(companyFilterOf(readState(companiesParams, search))).toEqual({
    q: "acme",
    status: ["failed"],
    has_email: false,
    tags: ["hot"],
  });
});
