import { type MouseEvent, useEffect, useId, useMemo, useRef } from "react";
import { cn } from "@/lib/cn";
import { useColumnSettings, useTableColumns } from "@/stores/table-columns";
import { BodyRow, cellId, SkeletonRow } from "./body-row";
import type { Column, Sort } from "./column";
import { columnWidth, layOut } from "./column-layout";
import { useDismissingPress } from "./dismissing-press";
import { gridKeys } from "./grid-keys";
import { HeaderRow } from "./header-row";
import { gridTemplate, gutter, SELECTION_BAR_SPACE } from "./layout";
import { type ListRow, scrollRowCount } from "./pages";
import {
  headerState,
  isSelected,
  NOTHING_SELECTED,
  type Selection,
  selectedCount,
  selectRows,
  toggleSelected,
} from "./selection";
import { useCellEdit } from "./use-cell-edit";
import { useGridCursor } from "./use-grid-cursor";
import { useVirtualRows, type VirtualRowsOptions } from "./use-virtual-rows";

declare module "react" {
  interface CSSProperties {
    "--columns"?: string;
    "--gutter"?: string;
  }
}

export interface DataTableProps<Row extends ListRow>
  extends Pick<VirtualRowsOptions, "pending" | "outdated" | "hasMore" | "onVisibleChange" | "scrollKey">,
    Partial<Pick<VirtualRowsOptions, "start" | "reach" | "onLoadBefore" | "onJump" | "onStay">> {
  /** Which list this is: the key of its column settings. */
  list: string;
  /** The table's name for assistive technology. */
  label: string;
  columns: readonly Column<Row>[];
  /** What a row is called, for its checkbox. */
  rowName: (row: Row) => string;
  /** The loaded rows, which follow each other from index `start` (0) of the list on. */
  rows: readonly Row[];
  /** Rows in the list on the server, null when not known. */
  total: number | null;
  /** Called when rows near the end of the loaded ones come into view. */
  onLoadMore: () => void;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  selection: Selection;
  /** Left out where nothing can be selected. */
  onSelectionChange?: (selection: Selection) => void;
  /** The row whose details are open. */
  openId: string | null;
  onOpen: (row: Row) => void;
  /** Saves a change made in a cell; left out where the user may not edit. */
  onEdit?: ((row: Row, change: Partial<Row>) => void) | undefined;
}

const CONTROLS = "a, button, input, label, select";

/** How long, in ms, a click on a cell that can be edited waits for a second one before it opens the row. */
const DOUBLE_CLICK_MS = 220;

const nothing = () => {};

/**
 * The one table: virtual rows of one height over keyset pages, as an ARIA grid whose rows are walked with the arrow
 * keys (Home, End, Page Up and Down too), selected with space, opened with Enter. Right and left lead to a row's cells,
 * which Enter, F2 or a double click edit.
 */
export function DataTable<Row extends ListRow>(props: DataTableProps<Row>) {
  const { list, columns, rows, start = 0, selection, onSelectionChange } = props;
  const selectable = onSelectionChange !== undefined;
  const { order, visible, widths } = useColumnSettings(list);
  const setWidth = useTableColumns((state) => state.setWidth);
  const shown = useMemo(
    () => layOut(columns, { order, visible }).flatMap((entry) => (entry.visible ? [entry.column] : [])),
    [columns, order, visible],
  );
  const widthById = useMemo(
    () => new Map(shown.map((column) => [column.id, columnWidth(column, widths)])),
    [shown, widths],
  );

  const gridId = useId();
  const grid = useRef<HTMLTableElement>(null);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const reach =
    props.reach ??
    scrollRowCount({ end: rows.length, hasMore: props.hasMore, total: props.total, canJump: false });
  const scroll = useVirtualRows(grid, ids, {
    ...props,
    start,
    reach,
    onLoadBefore: props.onLoadBefore ?? nothing,
    onJump: props.onJump ?? null,
    onStay: props.onStay ?? nothing,
    spaceBelow: selectedCount(selection, props.total) === 0 ? 0 : SELECTION_BAR_SPACE,
  });
  const cursor = useGridCursor(ids, start);
  const active = cursor.row;
  const activeDrawn = active >= scroll.rows.first && active < scroll.rows.end && cursor.id !== undefined;
  const activeColumn = cursor.column === null ? undefined : shown[cursor.column];
  const rowId = (id: string) => `${gridId}-${id}`;

  const rowAt = (index: number) => rows[index - start];
  const editor = useCellEdit<Row>({
    onEdit: props.onEdit,
    onFocus: () => grid.current?.focus({ preventScroll: true }),
  });
  const dismissingPress = useDismissingPress();
  const clicked = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(clicked.current), []);

  function toggle(index: number, range: boolean) {
    const id = rowAt(index)?.id;
    if (id === undefined) return;
    cursor.moveTo(index, id);
    onSelectionChange?.(toggleSelected(selection, ids, id, range));
  }
  function open(index: number) {
    const row = rowAt(index);
    if (row !== undefined) props.onOpen(row);
  }
  const editedColumn = activeColumn ?? shown[0];
  const onKeyDown = gridKeys({
    active,
    rowCount: reach,
    column: cursor.column,
    columnCount: shown.length,
    editable: props.onEdit !== undefined && editedColumn?.edit !== undefined,
    onMove: (to) => {
      cursor.moveTo(to, rowAt(to)?.id);
      scroll.showRow(to);
    },
    onColumn: (to) => {
      cursor.toColumn(to);
      if (to !== null && shown[to] !== undefined && cursor.id !== undefined)
        document
          .getElementById(cellId(rowId(cursor.id), to))
          ?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    onToggle: toggle,
    onOpen: open,
    onEdit: () => editor.begin(rowAt(active), editedColumn),
    onClear: () => onSelectionChange?.(NOTHING_SELECTED),
  });

  /** The row and the column of a click; undefined beside the rows. */
  function clickedCell({ target }: MouseEvent) {
    if (!(target instanceof Element)) return undefined;
    const index = Number(target.closest<HTMLElement>("tr[data-index]")?.dataset.index);
    const row = rowAt(index);
    const columnId = target.closest<HTMLElement>("[data-column]")?.dataset.column;
    const column = shown.find(({ id }) => id === columnId);
    return row && { index, row, column, target };
  }
  function handleClick(event: MouseEvent<HTMLTableElement>) {
    clearTimeout(clicked.current);
    const cell = clickedCell(event);
    if (cell === undefined) return;
    const { index, row, column, target } = cell;
    if (target instanceof HTMLInputElement && target.type === "checkbox")
      return toggle(index, event.shiftKey);
    // A drag over text is for copying it.
    const dragged = event.detail < 2 && window.getSelection()?.isCollapsed === false;
    if (dragged || target.closest(CONTROLS) !== null) return;
    cursor.moveTo(index, row.id, null);
    if (props.onEdit === undefined || column?.edit === undefined) return props.onOpen(row);
    if (event.detail < 2) clicked.current = setTimeout(() => props.onOpen(row), DOUBLE_CLICK_MS);
  }
  function handleDoubleClick(event: MouseEvent<HTMLTableElement>) {
    const cell = clickedCell(event);
    if (cell === undefined || cell.target.closest(CONTROLS) !== null) return;
    window.getSelection()?.removeAllRanges();
    if (cell.column?.edit !== undefined) cursor.moveTo(cell.index, cell.row.id, shown.indexOf(cell.column));
    editor.begin(cell.row, cell.column);
  }

  // Scrolling draws again: what is asked of every loaded row is remembered.
  const headerSelection = useMemo(() => headerState(selection, ids), [selection, ids]);
  const activeElement = cursor.id !== undefined && rowId(cursor.id);
  // What makes a table the ARIA widget "grid": one tab stop, whose keys move an active row or cell.
  const widget = {
    role: "grid",
    tabIndex: 0,
    "aria-label": props.label,
    "aria-rowcount": props.total === null ? -1 : Math.max(props.total, start + rows.length) + 1,
    "aria-colcount": shown.length + 1,
    "aria-multiselectable": selectable,
    "aria-busy": props.pending || props.outdated,
    ...(activeDrawn &&
      activeElement && {
        "aria-activedescendant":
          cursor.column !== null && activeColumn ? cellId(activeElement, cursor.column) : activeElement,
      }),
  };
  return (
    <table
      ref={grid}
      {...widget}
      className="group/grid block min-h-0 w-full flex-1 scroll-pt-9 scroll-pl-[min(50vw,20rem)] overflow-auto overscroll-contain outline-none [overflow-anchor:none]"
      style={{ "--gutter": gutter(selectable), "--columns": gridTemplate([...widthById.values()]) }}
      onKeyDown={onKeyDown}
      {...dismissingPress}
      onClick={handleClick}
      onDoubleClick={handleDoubleClick}
      onFocus={(event) => {
        const { first } = scroll.visible;
        if (event.target === event.currentTarget && active === -1) cursor.moveTo(first, rowAt(first)?.id);
      }}
    >
      <HeaderRow
        columns={shown}
        widths={widthById}
        sort={props.sort}
        onSortChange={props.onSortChange}
        onWidthChange={(column, width) => setWidth(list, column, width)}
        selected={selectable ? headerSelection : undefined}
        onToggleAll={() =>
          onSelectionChange?.(headerSelection === "all" ? NOTHING_SELECTED : selectRows(ids))
        }
      />
      <tbody
        // Near its end a scaled list draws rows below what is laid out: they must not make it longer.
        className={cn("relative block overflow-y-clip transition-opacity", props.outdated && "opacity-50")}
        style={{ height: scroll.height }}
      >
        {indexes(scroll.rows).map((index) => {
          const row = rowAt(index);
          const top = scroll.topOf(index);
          if (row === undefined) return <SkeletonRow key={index} index={index} top={top} columns={shown} />;
          return (
            <BodyRow
              key={row.id}
              id={rowId(row.id)}
              row={row}
              name={props.rowName(row)}
              columns={shown}
              index={index}
              top={top}
              selected={selectable ? isSelected(selection, row.id) : undefined}
              active={index === active}
              activeColumn={index === active ? activeColumn?.id : undefined}
              open={row.id === props.openId}
              edited={row.id === editor.editedId ? editor.cell : undefined}
            />
          );
        })}
      </tbody>
    </table>
  );
}

function indexes({ first, end }: { first: number; end: number }): number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}
