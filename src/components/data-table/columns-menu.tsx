import { ArrowDown, ArrowUp, Columns3, type LucideIcon } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover, PopoverContent, PopoverTitle, PopoverTrigger } from "@/components/ui/popover";
import { useColumnSettings, useTableColumns } from "@/stores/table-columns";
import type { Column } from "./column";
import { columnWidth, layOut, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, moveColumn } from "./column-layout";
import { isCustomId } from "./custom-names";

interface ColumnsMenuProps<Row> {
  list: string;
  columns: readonly Column<Row>[];
}

/** Which columns a list shows, in which order and how wide. */
export function ColumnsMenu<Row>({ list, columns }: ColumnsMenuProps<Row>) {
  const id = useId();
  const settings = useColumnSettings(list);
  const { setVisible, setOrder, setWidth, reset } = useTableColumns();
  const laidOut = layOut(columns, settings);
  // Custom columns get a place once they are shown: there may be many, of other imports too.
  const placed = laidOut.filter(({ column, visible }) => visible || !isCustomId(column.id));
  const order = placed.map(({ column }) => column.id);
  const shown = new Set(placed.filter(({ visible }) => visible).map(({ column }) => column.id));
  return (
    <Popover>
      <PopoverTrigger
        render={
          <Button aria-label="Columns" className="max-sm:w-8 max-sm:px-0">
            <Columns3 className="text-muted-foreground" />
            <span className="max-sm:hidden">Columns</span>
          </Button>
        }
      />
      <PopoverContent align="end" className="w-80">
        <div className="mb-2 flex items-center justify-between">
          <PopoverTitle className="font-medium text-sm">Columns</PopoverTitle>
          <Button variant="link" size="sm" className="px-0" onClick={() => reset(list)}>
            Reset
          </Button>
        </div>
        <ul className="flex flex-col">
          {laidOut.map(({ column, visible }, index) => (
            <li key={column.id} className="group/column flex h-8 items-center gap-1">
              <label htmlFor={`${id}-${index}`} className="flex min-w-0 flex-1 items-center gap-2">
                <Checkbox
                  id={`${id}-${index}`}
                  checked={visible}
                  disabled={index === 0}
                  onCheckedChange={(checked) => setVisible(list, column.id, checked)}
                />
                <span className="truncate text-sm" title={column.header}>
                  {column.header}
                </span>
              </label>
              <input
                type="range"
                aria-label={`Width of ${column.header}`}
                // Unseen it takes no room from the name.
                className="w-0 shrink-0 accent-primary opacity-0 transition-opacity focus-visible:w-20 focus-visible:opacity-100 active:w-20 active:opacity-100 group-hover/column:w-20 group-hover/column:opacity-100 pointer-coarse:w-20 pointer-coarse:opacity-100"
                title="Width"
                min={MIN_COLUMN_WIDTH}
                max={MAX_COLUMN_WIDTH}
                step={8}
                value={columnWidth(column, settings.widths)}
                onChange={(event) => setWidth(list, column.id, event.currentTarget.valueAsNumber)}
              />
              <MoveButton
                label={`Move ${column.header} left`}
                icon={ArrowUp}
                order={moveColumn(order, column.id, -1, shown)}
                onMove={(moved) => setOrder(list, moved)}
              />
              <MoveButton
                label={`Move ${column.header} right`}
                icon={ArrowDown}
                order={moveColumn(order, column.id, 1, shown)}
                onMove={(moved) => setOrder(list, moved)}
              />
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}

interface MoveButtonProps {
  label: string;
  icon: LucideIcon;
  /** That it makes, null where the column cannot be moved. */
  order: string[] | null;
  onMove: (order: string[]) => void;
}

function MoveButton({ label, icon: Icon, order, onMove }: MoveButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      disabled={order === null}
      onClick={() => order && onMove(order)}
    >
      <Icon className="text-muted-foreground" />
    </Button>
  );
}
