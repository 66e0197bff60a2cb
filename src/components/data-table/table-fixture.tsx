import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { useTableColumns } from "@/stores/table-columns";
import type { Column } from "./column";
import { DataTable, type DataTableProps } from "./data-table";
import { NOTHING_SELECTED, type Selection } from "./selection";

export interface Row {
  id: string;
  name: string;
  site: string;
}

export const columns: Column<Row>[] = [
  { id: "name", header: "Name", width: 200, sort: "name", cell: (row) => row.name },
  { id: "site", header: "Site", width: 200, cell: (row) => <a href={row.site}>{row.site}</a> },
  { id: "note", header: "Note", width: 100, hidden: true, cell: () => "note" },
];
export const rowsOf = (count: number): Row[] =>
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

/** Draws a table of companies; what it tells, what is selected in it, and how to draw it again. */
export function table(props: Partial<DataTableProps<Row>> = {}) {
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

/** A row on screen. By what it shows: computing the accessible names of all rows takes jsdom seconds. */
export function row(index: number): HTMLElement {
  const found = screen.getByText(`Company ${index}`).closest("tr");
  if (found === null) throw new Error(`Row ${index} is not drawn.`);
  return found;
}
export const checkbox = (index: number) => screen.getByLabelText(`Select Company ${index}`);
