import { type MouseEvent, useId, useMemo, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { useColumnSettings, useTableColumns } from "@/stores/table-columns";
import { BodyRow, SkeletonRow } from "./body-row";
import type { Column, Sort } from "./column";
import { columnWidth, layOut } from "./column-layout";
import { gridKeys } from "./grid-keys";
import { HeaderRow } from "./header-row";
import { gridTemplate, HEADER_HEIGHT, SELECTION_BAR_SPACE } from "./layout";
import type { ListRow } from "./pages";
import {
  headerState,
  isSelected,
  NOTHING_SELECTED,
  type Selection,
  selectedCount,
  selectRows,
  toggleSelected,
} from "./selection";
import { useVirtualRows } from "./use-virtual-rows";

declare module "react" {
  interface CSSProperties {
    "--columns"?: string;
  }
}

export interface DataTableProps<Row extends ListRow> {
  /** Which list this is: the key of its column settings. */
  list: string;
  /** The table's name for assistive technology. */
  label: string;
  columns: readonly Column<Row>[];
  /** What a row is called, for its checkbox. */
  rowName: (row: Row) => string;
  rows: readonly Row[];
  /** Nothing is loaded yet. */
  pending: boolean;
  /** Rows in the list on the server, null when not known. */
  total: number | null;
  hasMore: boolean;
  /** Called when rows near the end of the loaded ones come into view. */
  onLoadMore: () => void;
  /** The rows are of the sort or filter before this one. */
  outdated: boolean;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  selection: Selection;
  /** Left out where nothing can be selected. */
  onSelectionChange?: (selection: Selection) => void;
  /** The row whose details are open. */
  openId: string | null;
  onOpen: (row: Row) => void;
  /** Ids of the rows on screen, whenever they change. */
  onVisibleChange: (ids: string[]) => void;
  /** A change of it scrolls back to the top. */
  scrollKey: string;
}

const CONTROLS = "a, button, input, label";

/**
 * The one table: virtual rows of one height over keyset pages, as an ARIA grid whose rows are walked with the arrow
 * keys (Home, End, Page Up and Down too), selected with space, opened with Enter.
 */
export function DataTable<Row extends ListRow>(props: DataTableProps<Row>) {
  const { list, columns, rows, selection, onSelectionChange } = props;
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
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = useMemo(() => (activeId === null ? -1 : ids.indexOf(activeId)), [activeId, ids]);
  const { virtualizer, items, firstVisible } = useVirtualRows(grid, ids, {
    ...props,
    spaceBelow: selectedCount(selection, props.total) === 0 ? 0 : SELECTION_BAR_SPACE,
  });
  const activeDrawn = items.some((item) => item.index === active);

  function toggle(index: number, range: boolean) {
    const id = ids[index];
    if (id === undefined) return;
    setActiveId(id);
    onSelectionChange?.(toggleSelected(selection, ids, id, range));
  }
  const onKeyDown = gridKeys({
    active,
    rowCount: rows.length,
    onMove: (to) => {
      setActiveId(ids[to] ?? null);
      virtualizer.scrollToIndex(to);
    },
    onToggle: toggle,
    onOpen: (index) => {
      const row = rows[index];
      if (row !== undefined) props.onOpen(row);
    },
    onClear: () => onSelectionChange?.(NOTHING_SELECTED),
  });

  function handleClick(event: MouseEvent<HTMLTableElement>) {
    if (!(event.target instanceof Element)) return;
    const index = Number(event.target.closest<HTMLElement>("tr[data-index]")?.dataset.index);
    const row = rows[index];
    if (row === undefined) return;
    if (event.target instanceof HTMLInputElement) {
      toggle(index, event.shiftKey);
      return;
    }
    // A drag over text is for copying it.
    const dragged = window.getSelection()?.isCollapsed === false;
    if (dragged || event.target.closest(CONTROLS) !== null) return;
    setActiveId(row.id);
    props.onOpen(row);
  }

  // Scrolling draws again: what is asked of every loaded row is remembered.
  const headerSelection = useMemo(() => headerState(selection, ids), [selection, ids]);
  // What makes a table the ARIA widget "grid": one tab stop, whose keys move an active row.
  const widget = {
    role: "grid",
    tabIndex: 0,
    "aria-label": props.label,
    "aria-rowcount": props.total === null ? -1 : Math.max(props.total, rows.length) + 1,
    "aria-colcount": shown.length + 1,
    "aria-multiselectable": selectable,
    "aria-busy": props.pending || props.outdated,
    ...(activeDrawn && { "aria-activedescendant": `${gridId}-${activeId}` }),
  };
  return (
    <table
      ref={grid}
      {...widget}
      className="group/grid block min-h-0 w-full flex-1 overflow-auto overscroll-contain outline-none"
      style={{ "--columns": gridTemplate([...widthById.values()]) }}
      onKeyDown={onKeyDown}
      onClick={handleClick}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active === -1) setActiveId(ids[firstVisible] ?? null);
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
        className={cn("relative block transition-opacity", props.outdated && "opacity-50")}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const row = rows[index];
          const top = start - HEADER_HEIGHT;
          if (row === undefined) return <SkeletonRow key={index} index={index} top={top} columns={shown} />;
          return (
            <BodyRow
              key={row.id}
              id={`${gridId}-${row.id}`}
              row={row}
              name={props.rowName(row)}
              columns={shown}
              index={index}
              top={top}
              selected={selectable ? isSelected(selection, row.id) : undefined}
              active={row.id === activeId}
              open={row.id === props.openId}
            />
          );
        })}
      </tbody>
    </table>
  );
}
