// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { useTableColumns } from "@/stores/table-columns";
import { DataTable } from "./data-table";
import { scrollTopAt } from "./scroll-scale";
import { NOTHING_SELECTED } from "./selection";
import { checkbox, columns, row, rowsOf, table } from "./table-fixture";

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
  await vi.waitFor(() => expect(onJump).toHaveBeenCalled());
  expect(onJump).toHaveBeenCalledOnce();
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
