// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useTableColumns } from "@/stores/table-columns";
import { ColumnsMenu } from "./columns-menu";
import { useCustomColumns } from "./custom-columns";
import { customId } from "./custom-names";
import { DataTable } from "./data-table";
import { NOTHING_SELECTED } from "./selection";
import { columns as ownColumns, type Row } from "./table-fixture";

type ImportedRow = Row & { custom: Record<string, unknown> };

const imported = (...cells: Record<string, unknown>[]): ImportedRow[] =>
  cells.map((custom, i) => ({ id: `id${i}`, name: `Company ${i}`, site: `#${i}`, custom }));

/** A list with its menu of columns. */
function List({ rows }: { rows: ImportedRow[] }) {
  const columns = useCustomColumns<ImportedRow>("test", ownColumns, rows);
  return (
    <>
      <ColumnsMenu list="test" columns={columns} />
      <DataTable
        list="test"
        label="companies"
        columns={columns}
        rowName={(row) => row.name}
        rows={rows}
        pending={rows.length === 0}
        total={rows.length}
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
      />
    </>
  );
}

function list(...cells: Record<string, unknown>[]) {
  const { rerender } = render(<List rows={imported(...cells)} />);
  const user = userEvent.setup();
  return {
    user,
    show: (...next: Record<string, unknown>[]) => rerender(<List rows={imported(...next)} />),
    openMenu: () => user.click(screen.getByRole("button", { name: "Columns" })),
  };
}

const headers = () =>
  [...screen.getByLabelText("companies").querySelectorAll("thead th")].map((header) => header.textContent);

test("a column of the imported file is shown on demand, with its whole text as title, and without a way to sort by it", async () => {
  const { user, openMenu } = list({ Plan: "Gold\nand more" }, { Segment: ["a", "b"] }, {});
  expect(headers()).toEqual(["", "Name", "Site"]);
  await openMenu();
  await user.click(screen.getByRole("checkbox", { name: "Plan" }));
  await user.click(screen.getByRole("checkbox", { name: "Segment" }));
  expect(headers()).toEqual(["", "Name", "Site", "Plan", "Segment"]);
  expect(screen.getByTitle("Gold and more", { exact: false }).className).toContain("truncate");
  expect(screen.getByTitle("a, b")).toBeDefined();
  expect(document.querySelector('th [title="Plan"]')?.tagName).toBe("SPAN");
});

test("a shown column stays while its rows are loaded, and keeps its place and width", async () => {
  const { user, show, openMenu } = list({ Plan: "Gold", Segment: "SMB" });
  await openMenu();
  await user.click(screen.getByRole("checkbox", { name: "Plan" }));
  // Past "Note", which is hidden.
  await user.click(screen.getByRole("button", { name: "Move Plan left" }));
  expect(headers()).toEqual(["", "Name", "Plan", "Site"]);
  useTableColumns.getState().setWidth("test", customId("Plan"), 300);
  show();
  expect(headers()).toEqual(["", "Name", "Plan", "Site"]);
  expect(screen.getByLabelText("companies").style.getPropertyValue("--columns")).toContain("300px");
  expect(localStorage.getItem("table-columns")).toContain("custom:Plan");
});

test("columns that are not shown take no place among the others", async () => {
  const { openMenu } = list({ Plan: "Gold", Segment: "SMB" });
  await openMenu();
  const disabled = (name: string) => screen.getByRole("button", { name }).hasAttribute("disabled");
  expect(disabled("Move Plan left")).toBe(true);
  expect(disabled("Move Plan right")).toBe(true);
  expect(disabled("Move Note right")).toBe(true);
  expect(disabled("Move Note left")).toBe(false);
  // It is the only one that is shown behind the first.
  expect(disabled("Move Site right")).toBe(true);
});

test("columns are told apart and drawn whatever they are called", async () => {
  const long = "x".repeat(500);
  const cells: Record<string, unknown> = { site: "own", constructor: "built", [long]: "long", " ": "blank" };
  const { user, openMenu } = list(cells, {});
  await openMenu();
  for (const name of ["site (custom)", "constructor", long, "Without a name"])
    await user.click(screen.getByRole("checkbox", { name }));
  for (const text of Object.values(cells)) expect(screen.getAllByTitle(String(text))).toHaveLength(1);
  expect(screen.getByText("#0")).toBeDefined();
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(ids.filter((id) => /\s/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
