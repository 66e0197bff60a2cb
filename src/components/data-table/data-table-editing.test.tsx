// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import Toaster from "@/components/ui/toaster";
import { columns, type Row, rowsOf, table } from "./table-fixture";

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
  expect(document.getElementById(site ?? "")?.textContent).toBe("#1");
  await user.dblClick(screen.getByText("Company 3"));
  await user.keyboard("{Escape}");
  const active = grid.getAttribute("aria-activedescendant");
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
