import { type CSSProperties, memo } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import type { Column } from "./column";
import { pinnedCell, pinnedCheckbox, ROW_HEIGHT } from "./layout";
import { TableCheckbox } from "./table-checkbox";
import type { EditedCell } from "./use-cell-edit";

const rowClasses = "absolute top-0 left-0 grid w-full grid-cols-(--columns) min-w-max border-b text-sm";

/** Cells that stay in place are opaque, so they take the row's colours themselves. */
const pinnedColours =
  "bg-background group-hover/row:bg-muted group-data-open/row:bg-accent group-aria-selected/row:bg-primary-subtle";

interface PlacedRow {
  /** Index in the list, from 0. */
  index: number;
  /** Distance from the top of the rows in px. */
  top: number;
}

/** Where the keyboard is. Over the pinned cells too, which are above the others. */
const ring =
  "after:pointer-events-none after:absolute after:inset-0 after:z-10 group-focus-visible/grid:after:border-2 group-focus-visible/grid:after:border-ring";

/** The id of a row's cell in the column at a place among those shown: a column's own id may be any text. */
export function cellId(row: string, column: number): string {
  return `${row}-${column}`;
}

function rowStyle({ top }: PlacedRow): CSSProperties {
  return { height: ROW_HEIGHT, transform: `translateY(${top}px)` };
}

interface BodyRowProps<Row> extends PlacedRow {
  id: string;
  row: Row;
  /** What the row is called, for its checkbox. */
  name: string;
  columns: readonly Column<Row>[];
  /** Left out where nothing can be selected. */
  selected?: boolean | undefined;
  active: boolean;
  /** The cell of the row that is active by itself. */
  activeColumn?: string | undefined;
  open: boolean;
  edited?: EditedCell | undefined;
}

/** One row. Clicks and keys are the grid's to handle: it finds the row by `data-index`. */
function BodyRowView<Row>({ columns, row, ...props }: BodyRowProps<Row>) {
  return (
    <tr
      id={props.id}
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      data-index={props.index}
      data-open={props.open || undefined}
      className={cn(
        rowClasses,
        "group/row cursor-pointer hover:bg-muted aria-selected:bg-primary-subtle data-open:bg-accent",
        props.active && props.activeColumn === undefined && ring,
      )}
      style={rowStyle(props)}
    >
      <td aria-colindex={1} className={cn(pinnedCheckbox, pinnedColours)}>
        {props.selected !== undefined && (
          <TableCheckbox label={`Select ${props.name}`} checked={props.selected} tabIndex={-1} />
        )}
      </td>
      {columns.map((column, cell) => {
        const content = props.edited?.column === column.id ? props.edited.editor : column.cell(row);
        const placed = { id: cellId(props.id, cell), "data-column": column.id };
        const isActive = props.active && props.activeColumn === column.id;
        const classes = cn("relative flex min-w-0 items-center px-2.5", isActive && ring);
        return cell === 0 ? (
          <th
            key={column.id}
            {...placed}
            scope="row"
            aria-colindex={2}
            className={cn(classes, "text-left font-medium", pinnedCell, pinnedColours)}
          >
            {content}
          </th>
        ) : (
          <td
            key={column.id}
            {...placed}
            aria-colindex={cell + 2}
            className={cn(classes, column.align === "end" && "justify-end tabular-nums")}
          >
            {content}
          </td>
        );
      })}
    </tr>
  );
}

// memo() forgets type parameters; the props are the same.
export const BodyRow = memo(BodyRowView) as typeof BodyRowView;

/** Bars of different lengths, so that a loading list looks like a list. */
const BAR_WIDTHS = ["70%", "55%", "80%", "45%", "62%"];

/** A row that is being loaded. */
export function SkeletonRow({ columns, ...placed }: PlacedRow & { columns: readonly { id: string }[] }) {
  return (
    <tr aria-rowindex={placed.index + 2} aria-busy className={rowClasses} style={rowStyle(placed)}>
      <td aria-colindex={1} className="flex items-center overflow-hidden pl-4 sm:pl-6">
        <Skeleton className="size-4" />
      </td>
      {columns.map((column, cell) => (
        <td
          key={column.id}
          aria-colindex={cell + 2}
          className={cn("flex items-center px-2.5", cell === 0 && cn(pinnedCell, "bg-background"))}
        >
          <Skeleton
            className="h-3.5"
            style={{ width: BAR_WIDTHS[(placed.index + cell) % BAR_WIDTHS.length] }}
          />
        </td>
      ))}
    </tr>
  );
}
