import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { PointerEvent } from "react";
import { cn } from "@/lib/cn";
import { type Column, nextSort, type Sort } from "./column";
import { pinnedCell, pinnedCheckbox } from "./layout";
import { TableCheckbox } from "./table-checkbox";

interface HeaderRowProps<Row> {
  columns: readonly Column<Row>[];
  widths: ReadonlyMap<string, number>;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  onWidthChange: (column: string, width: number) => void;
  /** Left out where nothing can be selected. */
  selected?: "all" | "some" | "none" | undefined;
  onToggleAll: () => void;
}

/** The sticky row of column headers: sorts, resizes, and selects all loaded rows. */
export function HeaderRow<Row>({ columns, selected, onToggleAll, ...rest }: HeaderRowProps<Row>) {
  return (
    <thead className="sticky top-0 z-20 block w-full min-w-max">
      <tr aria-rowindex={1} className="grid h-9 grid-cols-(--columns) border-b bg-background">
        <th
          scope="col"
          aria-colindex={1}
          className={cn(pinnedCheckbox, "flex items-center bg-background font-normal")}
        >
          {selected !== undefined && (
            <TableCheckbox
              label={selected === "all" ? "Deselect all loaded rows" : "Select all loaded rows"}
              checked={selected === "all"}
              indeterminate={selected === "some"}
              onToggle={onToggleAll}
            />
          )}
        </th>
        {columns.map((column, index) => (
          <HeaderCell key={column.id} column={column} index={index} {...rest} />
        ))}
      </tr>
    </thead>
  );
}

interface HeaderCellProps<Row>
  extends Pick<HeaderRowProps<Row>, "widths" | "sort" | "onSortChange" | "onWidthChange"> {
  column: Column<Row>;
  index: number;
}

function HeaderCell<Row>({ column, index, widths, sort, onSortChange, onWidthChange }: HeaderCellProps<Row>) {
  const by = column.sort;
  const sorted = by !== undefined && by === sort.by;
  const ascending = sort.direction === "asc";
  const Arrow = sorted ? (ascending ? ArrowUp : ArrowDown) : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-colindex={index + 2}
      {...(by !== undefined && { "aria-sort": sorted ? (ascending ? "ascending" : "descending") : "none" })}
      className={cn(
        "group/header relative flex min-w-0 items-center bg-background px-2.5 font-medium text-muted-foreground text-xs",
        column.align === "end" && "justify-end",
        index === 0 && pinnedCell,
      )}
    >
      {by === undefined ? (
        <span className="truncate" title={column.header}>
          {column.header}
        </span>
      ) : (
        <button
          type="button"
          className="-mx-1 flex min-w-0 cursor-pointer items-center gap-1 rounded-sm px-1 py-1 hover:text-foreground"
          onClick={() => onSortChange(nextSort(sort, by, column.firstDirection))}
        >
          <span className={cn("truncate", sorted && "text-foreground")}>{column.header}</span>
          <Arrow
            aria-hidden
            className={cn(
              "size-3 shrink-0",
              sorted ? "text-foreground" : "opacity-0 group-hover/header:opacity-100",
            )}
          />
        </button>
      )}
      <ResizeHandle
        width={widths.get(column.id) ?? column.width}
        onChange={(width) => onWidthChange(column.id, width)}
        onReset={() => onWidthChange(column.id, column.width)}
      />
    </th>
  );
}

interface ResizeHandleProps {
  width: number;
  onChange: (width: number) => void;
  onReset: () => void;
}

/** The edge that is dragged; from the keyboard, widths are set in the columns menu. */
function ResizeHandle({ width, onChange, onReset }: ResizeHandleProps) {
  function startResize(event: PointerEvent<HTMLElement>) {
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    const move = (moved: globalThis.PointerEvent) => onChange(width + moved.clientX - startX);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  }
  return (
    <span
      aria-hidden
      className="absolute inset-y-1.5 right-0 w-2 cursor-col-resize touch-none border-transparent border-r-2 group-hover/header:border-border hover:border-ring"
      onPointerDown={startResize}
      onDoubleClick={onReset}
    />
  );
}
