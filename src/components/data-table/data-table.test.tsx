// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import Toaster from "@/components/ui/toaster";
import { useTableColumns } from "@/stores/table-columns";
import type { Column } from "./column";
import { DataTable, type DataTableProps } from "./data-table";
import { scrollTopAt } from "./scroll-scale";
import { NOTHING_SELECTED, type Selection } from "./selection";

interface Row {
  id: string;
  name: string;
  site: string;
}

const columns: Column<Row>[] = [
  { id: "name", header: "Name", width: 200, sort: "name", cell: (row) => row.name },
  { id: "site", header: "Site", width: 200, cell: (row) => <a href={row.site}>{row.site}</a> },
  { id: "note", header: "Note", width: 100, hidden: true, cell: () => "note" },
];
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `id${i}`, name: `Company ${i}`, site: `#${i}` }));

class NeverResized {
  observe() {}
  disconnect() {}
}

// jsdom lays nothing out: the table is 800 × 440 px, ten rows and the header.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 440 });
  HTMLElement.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", NeverResized);
});
beforeEach(() => useTableColumns.setState({ lists: {} }));
afterEach(cleanup);

type Told = Pick<DataTableProps<Row>, "onOpen" | "onSortChange" | "onLoadMore" | "onVisibleChange">;
interface TableProps extends Told {
  props: Partial<DataTableProps<Row>>;
  onSelection: (selection: Selection) => void;
}

/** The table with a selection that it keeps itself. */
function Table({ props, onSelection, ...told }: TableProps) {
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  return (
    <DataTable
      list="test"
      label="companies"
      columns={columns}
      rowName={(row) => row.name}
      rows={rowsOf(100)}
      pending={false}
      total={4_000}
      hasMore
      outdated={false}
      sort={{ by: "name", direction: "asc" }}
      selection={selection}
      onSelectionChange={(next) => {
        setSelection(next);
        onSelection(next);
      }}
      openId={null}
      scrollKey=""
      {...told}
      {...props}
    />
  );
}

function table(props: Partial<DataTableProps<Row>> = {}) {
  const told = { onOpen: vi.fn(), onSortChange: vi.fn(), onLoadMore: vi.fn(), onVisibleChange: vi.fn() };
  let selection = NOTHING_SELECTED;
  const draw = (drawn: Partial<DataTableProps<Row>>) => (
    <Table
      props={drawn}
      onSelection={(next) => {
        selection = next;
      }}
      {...told}
    />
  );
  const { rerender } = render(draw(props));
  const redraw = (next: Partial<DataTableProps<Row>>) => rerender(draw(next));
  const selected = () => (selection.mode === "rows" ? [...selection.ids] : "all that match");
  return { ...told, selected, redraw, user: userEvent.setup(), grid: screen.getByLabelText("companies") };
}

// By what it shows: computing the accessible names of all rows takes jsdom seconds.
function row(index: number): HTMLElement {
  const found = screen.getByText(`Company ${index}`).closest("tr");
  if (found === null) throw new Error(`Row ${index} is not drawn.`);
  return found;
}
const checkbox = (index: number) => screen.getByLabelText(`Select Company ${index}`);

test("only the rows on screen are drawn, and the grid says how many there are", () => {
  const { grid } = table();
  expect(grid.getAttribute("aria-rowcount")).toBe("4001");
  expect(grid.querySelectorAll("tr").length).toBeLessThan(30);
  expect(row(3).getAttribute("aria-rowindex")).toBe("5");
});

test("a click on a row opens it, a click on a link in it does not", async () => {
  const { user, onOpen } = table();
  await user.click(screen.getByText("#2"));
  expect(onOpen).not.toHaveBeenCalled();
  await user.click(screen.getByText("Company 2"));
  expect(onOpen.mock.calls).toEqual([[{ id: "id2", name: "Company 2", site: "#2" }]]);
});

test("a click on a checkbox selects, a shift-click selects up to it, and neither opens the row", async () => {
  const { user, selected, onOpen } = table();
  await user.click(checkbox(1));
  await user.keyboard("{Shift>}");
  await user.click(checkbox(4));
  await user.keyboard("{/Shift}");
  expect(selected()).toEqual(["id1", "id2", "id3", "id4"]);
  expect(row(3).getAttribute("aria-selected")).toBe("true");
  expect(onOpen).not.toHaveBeenCalled();
});

test("a click while a popover is open only closes that: it opens, selects and sorts nothing", async () => {
  const { user, onOpen, onSortChange, selected } = table();
  const trigger = document.body.appendChild(document.createElement("button"));
  for (const press of [screen.getByText("Company 2"), checkbox(1), screen.getByText("Name")]) {
    trigger.setAttribute("data-popup-open", "");
    await user.pointer({ target: press, keys: "[MouseLeft>]" });
    trigger.removeAttribute("data-popup-open");
    await user.pointer({ target: press, keys: "[/MouseLeft]" });
  }
  trigger.remove();
  expect(onOpen).not.toHaveBeenCalled();
  expect(onSortChange).not.toHaveBeenCalled();
  expect(selected()).toEqual([]);
  await user.click(screen.getByText("Company 2"));
  expect(onOpen).toHaveBeenCalledOnce();
});

test("the keyboard walks, selects, opens and clears", async () => {
  const { user, grid, selected, onOpen } = table();
  grid.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp} ");
  expect(selected()).toEqual(["id1"]);
  expect(grid.getAttribute("aria-activedescendant")).toBe(row(1).id);
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: "id2" }));
  await user.keyboard("{Escape}");
  expect(selected()).toEqual([]);
});

test("the header selects all loaded rows and none again", async () => {
  const { user, selected } = table();
  await user.click(screen.getByLabelText("Select all loaded rows"));
  expect(selected()).toHaveLength(100);
  await user.click(screen.getByLabelText("Deselect all loaded rows"));
  expect(selected()).toEqual([]);
});

test("the sorted column says so and a click on its header turns it round", async () => {
  const { user, onSortChange } = table();
  expect(screen.getByText("Name").closest("th")?.getAttribute("aria-sort")).toBe("ascending");
  expect(screen.getByText("Site").closest("th")?.hasAttribute("aria-sort")).toBe(false);
  await user.click(screen.getByText("Name"));
  expect(onSortChange.mock.calls).toEqual([[{ by: "name", direction: "desc" }]]);
});

test("hidden columns are not drawn until the user shows them, and stay as set", () => {
  table();
  expect(screen.queryByText("Note")).toBeNull();
  cleanup();
  useTableColumns.getState().setVisible("test", "note", true);
  useTableColumns.getState().setOrder("test", ["name", "note", "site"]);
  const { grid } = table();
  const headers = [...grid.querySelectorAll("thead th")].map((header) => header.textContent);
  expect(headers).toEqual(["", "Name", "Note", "Site"]);
  expect(localStorage.getItem("table-columns")).toContain("note");
});

test("a list that is being loaded is drawn as rows to come", () => {
  const { grid } = table({ rows: [], pending: true, total: null });
  expect(grid.getAttribute("aria-busy")).toBe("true");
  expect(grid.querySelectorAll("tr").length).toBeGreaterThan(10);
  expect(grid.getAttribute("aria-rowcount")).toBe("-1");
});

test("the next page is asked for before the loaded rows end, and not while they reach far", () => {
  expect(table({ rows: rowsOf(25) }).onLoadMore).toHaveBeenCalled();
  cleanup();
  expect(table({ rows: rowsOf(100) }).onLoadMore).not.toHaveBeenCalled();
  cleanup();
  expect(table({ rows: rowsOf(25), hasMore: false }).onLoadMore).not.toHaveBeenCalled();
});

/** Rows 500,000 to 500,099 of a million are loaded. */
const midst = () => ({
  rows: rowsOf(100).map((loaded) => ({ ...loaded, name: `Company ${500_000 + Number(loaded.id.slice(2))}` })),
  start: 500_000,
  reach: 1_000_000,
  total: 1_000_000,
});

test("End goes to the very last row and Home to the first, and the rows there are loaded once the table rests", async () => {
  const onJump = vi.fn();
  const { user, grid, onLoadMore } = table({ reach: 1_000_000, total: 1_000_000, onJump });
  grid.focus();
  await user.keyboard("{End}");
  expect(grid.querySelector("tbody tr:last-child")?.getAttribute("aria-rowindex")).toBe("1000001");
  expect(grid.getAttribute("aria-rowcount")).toBe("1000001");
  expect(onJump).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onJump).toHaveBeenCalledOnce());
  const [from] = onJump.mock.lastCall ?? [];
  expect(from).toBeGreaterThan(999_000);
  expect(from).toBeLessThanOrEqual(999_980);
  await user.keyboard("{Home}");
  expect(row(0).getAttribute("aria-rowindex")).toBe("2");
  expect(onLoadMore).not.toHaveBeenCalled();
});

test("a jump that is passed by before the table rests is never made", async () => {
  const onJump = vi.fn();
  const { user, grid } = table({ reach: 1_000_000, total: 1_000_000, onJump });
  grid.focus();
  await user.keyboard("{End}{Home}");
  expect(row(0)).toBeDefined();
  // A jump further on is made after it would have been.
  await user.keyboard("{End}");
  await vi.waitFor(() => expect(onJump).toHaveBeenCalled());
  expect(onJump).toHaveBeenCalledOnce();
});

test("rows that are loaded from anywhere in the list stand at their own place, and the page before them is asked for", () => {
  const onLoadBefore = vi.fn();
  const { grid } = table({ ...midst(), onLoadBefore });
  grid.scrollTop = scrollTopAt({ content: 36 + 1_000_000 * 40, viewport: 440 }, 500_005 * 40);
  fireEvent.scroll(grid);
  expect(row(500_003).getAttribute("aria-rowindex")).toBe("500005");
  expect(onLoadBefore).toHaveBeenCalled();
});

const editable = columns.map((column) =>
  column.id === "name"
    ? {
        ...column,
        edit: {
          text: (it: Row) => it.name,
          change: (name: string) => ({ name }),
          problem: (name: string) => (name === "no" ? "“no” is no name." : null),
          required: true,
        },
      }
    : column,
);

test("F2 edits the active row's name in place, and Enter saves it and gives the keys back to the table", async () => {
  const onEdit = vi.fn();
  const { user, grid, onOpen } = table({ columns: editable, onEdit });
  grid.focus();
  await user.keyboard("{ArrowDown}{F2}");
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Name" }));
  await user.keyboard("{Control>}a{/Control}Bolt {Enter}");
  expect(onEdit.mock.calls).toEqual([[expect.objectContaining({ id: "id1" }), { name: "Bolt" }]]);
  expect(document.activeElement).toBe(grid);
  await user.keyboard("{ArrowRight}{Enter}{Escape}");
  expect(onEdit).toHaveBeenCalledOnce();
  expect(onOpen).not.toHaveBeenCalled();
});

test("a double click edits and does not open the row, a single one does open it", async () => {
  const onEdit = vi.fn();
  const { user, onOpen } = table({ columns: editable, onEdit });
  await user.dblClick(screen.getByText("Company 3"));
  await user.keyboard("{Control>}a{/Control}Bolt");
  await user.click(document.body);
  expect(onEdit.mock.calls).toEqual([[expect.objectContaining({ id: "id3" }), { name: "Bolt" }]]);
  expect(onOpen).not.toHaveBeenCalled();
  await user.click(screen.getByText("Company 4"));
  await vi.waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
});

test("after a double click the keys go on from the cell that was edited, not from an older one", async () => {
  const { user, grid } = table({ columns: editable, onEdit: vi.fn() });
  grid.focus();
  await user.keyboard("{ArrowDown}{ArrowRight}{ArrowRight}");
  const site = grid.getAttribute("aria-activedescendant");
  await user.dblClick(screen.getByText("Company 3"));
  await user.keyboard("{Escape}");
  const active = grid.getAttribute("aria-activedescendant");
  expect(site).toMatch(/site$/);
  expect(active).toBe(screen.getByText("Company 3").closest("th")?.id);
});

test("what is being typed outlives news of the row, and an empty name is not saved", async () => {
  const onEdit = vi.fn();
  const { user, grid, redraw } = table({ columns: editable, onEdit });
  grid.focus();
  await user.keyboard("{F2}{Control>}a{/Control}Bo");
  redraw({ columns: editable, onEdit, rows: rowsOf(100).map((it) => ({ ...it, name: `${it.name}, new` })) });
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "Bo");
  expect(screen.getByText("Company 1, new")).toBeDefined();
  await user.keyboard("{Backspace}{Backspace}{Enter}");
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "");
  await user.keyboard("{Escape}");
  expect(onEdit).not.toHaveBeenCalled();
});

test("what cannot be saved says why at its cell, and on leaving that nothing was changed", async () => {
  render(<Toaster />);
  const onEdit = vi.fn();
  const { user, grid } = table({ columns: editable, onEdit });
  grid.focus();
  await user.keyboard("{F2}{Control>}a{/Control}{Backspace}{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("Name cannot be empty.");
  await user.keyboard("no{Enter}");
  expect(screen.getByRole("alert").textContent).toBe("“no” is no name.");
  await user.click(document.body);
  expect(await screen.findAllByText("“no” is no name. Nothing was changed.")).not.toEqual([]);
  expect(onEdit).not.toHaveBeenCalled();
});

test("what was typed by somebody who meanwhile may not edit any more is told, not lost", async () => {
  render(<Toaster />);
  const { user, grid, redraw } = table({ columns: editable, onEdit: vi.fn() });
  grid.focus();
  await user.keyboard("{F2}{Control>}a{/Control}Bolt");
  redraw({ columns: editable });
  await user.keyboard("{Enter}");
  expect(await screen.findAllByText(/You entered “Bolt”\. You may not do that/)).not.toEqual([]);
});

test("rows keep their place on screen when rows above them are deleted", async () => {
  const { user, grid, redraw } = table();
  grid.focus();
  await user.keyboard("{PageDown}{PageDown}{PageDown}");
  const before = grid.scrollTop;
  expect(before).toBeGreaterThan(400);
  redraw({ rows: rowsOf(100).slice(3), reach: 3_997 });
  expect(grid.scrollTop).toBe(before - 3 * 40);
});

test("the rows on screen are told, so that just they are kept fresh", () => {
  const { onVisibleChange } = table();
  const ids: string[] = onVisibleChange.mock.lastCall?.[0] ?? [];
  expect(ids[0]).toBe("id0");
  expect(ids.length).toBeGreaterThan(5);
  expect(ids.length).toBeLessThan(20);
});

test("where nothing can be selected there is no checkbox nor room for one, and space does nothing", async () => {
  render(
    <DataTable
      list="test"
      label="companies"
      columns={columns}
      rowName={(row) => row.name}
      rows={rowsOf(3)}
      pending={false}
      total={3}
      hasMore={false}
      onLoadMore={() => {}}
      outdated={false}
      sort={{ by: "name", direction: "asc" }}
      onSortChange={() => {}}
      selection={NOTHING_SELECTED}
      openId={null}
      onOpen={() => {}}
      onVisibleChange={() => {}}
      scrollKey=""
    />,
  );
  await userEvent.setup().type(screen.getByRole("grid"), " ");
  expect(screen.queryAllByRole("checkbox")).toEqual([]);
  expect(screen.getByRole("grid").style.getPropertyValue("--gutter")).toBe("14px");
  expect(screen.queryAllByRole("row", { selected: true })).toEqual([]);
});
