import type { CompanyFilter } from "@contracts";
import { expect, test } from "vitest";
import { RELEVANCE } from "./column";
import { type ActionScope, listActions } from "./list-actions";
import { ALL_MATCHING, selectRows } from "./selection";

const settle = async () => ({ filter: {}, total: 0 });

/** What the actions of a selection are given, in a list that is searched for "x" and sorted by `by`. */
function chosen(selection: Parameters<ReturnType<typeof listActions>["selectionActions"]>[0], by = "name") {
  const told: ActionScope<CompanyFilter>[] = [];
  const selectionActions = (scope: ActionScope<CompanyFilter>) => {
    told.push(scope);
    return null;
  };
  listActions<CompanyFilter>(
    { selectionActions },
    { filter: { q: "x" }, sort: { by, direction: "desc" }, total: 60, settle },
  ).selectionActions(selection);
  return told[0];
}

test("picked rows are meant by their ids alone, whatever they match by now, in every action", () => {
  expect(chosen(selectRows(["1", "2"]))).toEqual({
    filter: { ids: ["1", "2"] },
    total: 2,
    sort: "name",
    direction: "desc",
  });
});

test("picked rows of a search are in the order of adding: nothing ranks them", () => {
  expect(chosen(selectRows(["1"]), RELEVANCE)).toMatchObject({ sort: "created_at", direction: "asc" });
});

test("all that match are meant by the filter, and counted anew before something is done", () => {
  expect(chosen(ALL_MATCHING)).toEqual({
    filter: { q: "x" },
    total: 60,
    settle,
    sort: "name",
    direction: "desc",
  });
});
