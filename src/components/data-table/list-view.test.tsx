// @vitest-environment jsdom
import { SELECTION_LIMIT } from "@contracts";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ComponentProps, useState } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useTableSelection } from "@/stores/table-selection";
import type { Column } from "./column";
import { ListView } from "./list-view";
import { NOTHING_SELECTED, type Selection } from "./selection";
import type { List } from "./use-list";
import type { LiveListState } from "./use-live-list";

interface Row {
  id: string;
  name: string;
}

const columns: Column<Row>[] = [{ id: "name", header: "Name", width: 200, cell: (row) => row.name }];
const loaded: List<Row> = {
  rows: [
    { id: "a", name: "Acme" },
    { id: "b", name: "Bolt" },
  ],
  start: 0,
  reach: 4_000,
  pending: false,
  error: null,
  moreError: null,
  total: 4_000,
  totalIsCapped: false,
  hasMore: true,
  outdated: false,
  loadMore: () => {},
  loadBefore: () => {},
  jump: null,
  stay: () => {},
  retry: () => {},
};
const nothing: Partial<List<Row>> = { rows: [], reach: 0, total: 0, hasMore: false };
const quiet: LiveListState = {
  newRows: 0,
  showNew: () => {},
  showingNew: false,
  generation: 0,
  behind: false,
  onVisibleChange: () => {},
};

interface ListOptions extends Partial<Omit<ComponentProps<typeof ListView<Row>>, "data" | "live">> {
  data?: Partial<List<Row>>;
  live?: Partial<LiveListState>;
}

/** The view over a list that keeps its search itself. */
function Searched({ data, live, onSearch, ...options }: ListOptions) {
  const [search, setSearch] = useState(options.search ?? "");
  return (
    <ListView
      list="test"
      scope="test"
      noun={{ one: "company", many: "companies" }}
      columns={columns}
      rowName={(row) => row.name}
      data={{ ...loaded, ...data }}
      live={{ ...quiet, ...live }}
      sort={{ by: "name", direction: "asc" }}
      onSortChange={() => {}}
      filters={[]}
      filterControls={null}
      onClearFilters={() => {}}
      onClearAll={() => {}}
      openId={null}
      onOpen={() => {}}
      empty={<p>Import companies to begin.</p>}
      actions={null}
      selectionActions={() => null}
      {...options}
      search={search}
      onSearch={(next) => {
        setSearch(next);
        onSearch?.(next);
      }}
    />
  );
}

function list(options: ListOptions = {}) {
  render(<Searched {...options} />);
  return userEvent.setup();
}

class NeverResized {
  observe() {}
  disconnect() {}
}
// jsdom lays nothing out.
beforeAll(() => vi.stubGlobal("ResizeObserver", NeverResized));
beforeEach(() => useTableSelection.getState().clear());
afterEach(cleanup);

test("the footer counts the list, and says so when the server stopped counting", () => {
  list();
  expect(screen.getByRole("status").textContent).toBe("4,000 companies");
  cleanup();
  list({ data: { total: 1_000, totalIsCapped: true }, search: "acme" });
  expect(screen.getByRole("status").textContent).toBe("1,000+ companies match");
  cleanup();
  list({ data: { total: 1 }, search: "acme" });
  expect(screen.getByRole("status").textContent).toBe("1 company matches");
});

test("an empty list says what to do next", () => {
  list({ data: nothing });
  expect(screen.getByText("Import companies to begin.")).toBeDefined();
});

test("a search without a match offers to take search and filters away", async () => {
  const onClearAll = vi.fn();
  const user = list({ data: nothing, search: "zzz", onClearAll });
  expect(screen.getByText("No companies match")).toBeDefined();
  await user.click(screen.getByText("Clear search and filters"));
  expect(onClearAll).toHaveBeenCalledOnce();
});

test("a list that cannot be read says why and is read again on demand", async () => {
  const retry = vi.fn();
  const user = list({ data: { ...nothing, total: null, error: new TypeError("Failed to fetch"), retry } });
  expect(screen.getByText("The server cannot be reached")).toBeDefined();
  await user.click(screen.getByText("Try again"));
  expect(retry).toHaveBeenCalledOnce();
});

test("when only the next page fails the rows stay", async () => {
  const retry = vi.fn();
  const user = list({ data: { moreError: new TypeError("Failed to fetch"), retry } });
  expect(screen.getByRole("alert").textContent).toContain("More could not be loaded.");
  expect(screen.getByLabelText("companies", { selector: "table" })).toBeDefined();
  await user.click(screen.getByText("Try again"));
  expect(retry).toHaveBeenCalledOnce();
});

test("new rows wait behind a banner", async () => {
  const showNew = vi.fn();
  const user = list({ live: { newRows: 12, showNew } });
  await user.click(screen.getByText("12 new companies"));
  expect(showNew).toHaveBeenCalledOnce();
});

test("from the loaded rows the selection grows to everything that matches, and goes when cleared", async () => {
  const seen: Selection[] = [];
  const user = list({
    selectionActions: (selection) => {
      seen.push(selection);
      return null;
    },
  });
  await user.click(screen.getByLabelText("Select all loaded rows"));
  expect(screen.getByText("2 selected")).toBeDefined();
  await user.click(screen.getByText("Select all 4,000 companies"));
  expect(screen.getByText("4,000 selected")).toBeDefined();
  expect(seen.at(-1)).toEqual({ mode: "matching" });
  await user.click(screen.getByLabelText("Clear selection"));
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("taking rows out of everything that matches says that only loaded ones stay selected, until all are again", async () => {
  const user = list({ data: { rows: [...loaded.rows, { id: "c", name: "Core" }] } });
  const notice = () =>
    screen.queryByText("Only loaded companies stay selected, 3,997 more that match do not.");
  await user.click(screen.getByLabelText("Select all loaded rows"));
  await user.click(screen.getByText("Select all 4,000 companies"));
  expect(notice()).toBeNull();
  await user.click(screen.getByLabelText("Select Bolt"));
  expect(screen.getByText("2 selected")).toBeDefined();
  expect(notice()).not.toBeNull();
  await user.click(screen.getByLabelText("Select Core"));
  expect(notice()).not.toBeNull();
  await user.click(screen.getByText("Select all 4,000 companies"));
  expect(notice()).toBeNull();
});

test("more rows than can be sent one by one get no actions but the way to select them all", async () => {
  const rows = Array.from({ length: SELECTION_LIMIT + 1 }, (_, i) => ({
    id: `id${i}`,
    name: `Company ${i}`,
  }));
  const user = list({ data: { rows }, selectionActions: () => <button type="button">Export</button> });
  await user.click(screen.getByLabelText("Select all loaded rows"));
  expect(screen.queryByText("Export")).toBeNull();
  await user.click(screen.getByText("Select all 4,000 companies"));
  expect(screen.getByText("Export")).toBeDefined();
});

test("a selection belongs to one filter of one list", () => {
  useTableSelection.getState().set("another list", { mode: "matching" });
  list();
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("a selection does not come back with its filter, nor with its list", async () => {
  const user = userEvent.setup();
  const { rerender, unmount } = render(<Searched scope="hot" />);
  const selectAll = () => user.click(screen.getByLabelText("Select all loaded rows"));
  await selectAll();
  rerender(<Searched scope="cold" />);
  rerender(<Searched scope="hot" />);
  expect(screen.queryByRole("toolbar")).toBeNull();
  await selectAll();
  expect(screen.getByText("2 selected")).toBeDefined();
  unmount();
  render(<Searched scope="hot" />);
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("while the rows of the filter before are still shown, none of them can be selected", async () => {
  const user = list({ data: { outdated: true } });
  await user.click(screen.getByLabelText("Select all loaded rows"));
  await user.click(screen.getByLabelText("Select Acme"));
  await user.keyboard(" ");
  expect(useTableSelection.getState().selection).toBe(NOTHING_SELECTED);
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("a list whose loaded rows have all gone is not called empty while there are others", () => {
  list({ data: { ...nothing, total: 4_000, hasMore: true } });
  expect(screen.getByLabelText("companies", { selector: "table" })).toBeDefined();
  cleanup();
  list({ data: { ...nothing, total: 4_000, start: 200 } });
  expect(screen.getByLabelText("companies", { selector: "table" })).toBeDefined();
});

test("typing searches once it pauses, and a slash goes to the search from anywhere", async () => {
  const onSearch = vi.fn();
  const user = list({ onSearch });
  await user.keyboard("/");
  expect(document.activeElement).toBe(screen.getByLabelText("Search companies"));
  await user.keyboard("acme");
  expect(onSearch).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onSearch.mock.calls).toEqual([["acme"]]));
  await user.keyboard("{Escape}");
  await vi.waitFor(() => expect(onSearch).toHaveBeenLastCalledWith(""));
});

test("how many rows are selected is announced, and what selects more or none leads back to the table", async () => {
  const user = list();
  const table = screen.getByRole("grid");
  const announced = () => document.querySelector("[aria-live=polite]")?.textContent;
  await user.click(screen.getByRole("checkbox", { name: "Select Acme" }));
  expect(announced()).toBe("1 company selected");
  await user.click(screen.getByRole("button", { name: "Select all 4,000 companies" }));
  expect(announced()).toBe("4,000 companies selected");
  expect(document.activeElement).toBe(table);
  await user.click(screen.getByRole("button", { name: "Clear selection" }));
  expect(announced()).toBe("");
  expect(document.activeElement).toBe(table);
});

function Owner() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Set owner
      </button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Owner">Nobody</DialogContent>
      </Dialog>
    </>
  );
}

test("Escape lets go of the selection from its bar too, but only closes a dialog that was opened there", async () => {
  const user = list({ selectionActions: () => <Owner /> });
  await user.click(screen.getByRole("checkbox", { name: "Select Acme" }));
  await user.click(screen.getByRole("button", { name: "Set owner" }));
  await screen.findByRole("dialog");
  await user.keyboard("{Escape}");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const opener = screen.getByRole("button", { name: "Set owner" });
  await vi.waitFor(() => expect(document.activeElement).toBe(opener));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("toolbar", { name: "Selection" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});

test("showing new rows leads to the table", async () => {
  const showNew = vi.fn();
  const user = list({ live: { newRows: 3, showNew } });
  await user.click(screen.getByRole("button", { name: "3 new companies" }));
  expect(showNew).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});
