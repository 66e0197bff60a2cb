import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover, PopoverContent, PopoverTitle, PopoverTrigger } from "@/components/ui/popover";
import { useColumnSettings, useTableColumns } from "@/stores/table-columns";
import type { Column } from "./column";
import { columnWidth, layOut, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, moveColumn } from "./column-layout";

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
  const order = laidOut.map(({ column }) => column.id);
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
              <label htmlFor={`${id}-${column.id}`} className="flex min-w-0 flex-1 items-center gap-2">
                <Checkbox
                  id={`${id}-${column.id}`}
                  checked={visible}
                  disabled={index === 0}
                  onCheckedChange={(checked) => setVisible(list, column.id, checked)}
                />
                <span className="truncate text-sm">{column.header}</span>
              </label>
              <input
                type="range"
                aria-label={`Width of ${column.header}`}
                className="w-20 accent-primary opacity-0 transition-opacity focus-visible:opacity-100 group-hover/column:opacity-100 pointer-coarse:opacity-100"
                title="Width"
                min={MIN_COLUMN_WIDTH}
                max={MAX_COLUMN_WIDTH}
                step={8}
                value={columnWidth(column, settings.widths)}
                onChange={(event) => setWidth(list, column.id, event.currentTarget.valueAsNumber)}
              />
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Move ${column.header} left`}
                disabled={index < 2}
                onClick={() => setOrder(list, moveColumn(order, column.id, -1))}
              >
                <ArrowUp className="text-muted-foreground" />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Move ${column.header} right`}
                disabled={index === 0 || index === laidOut.length - 1}
                onClick={() => setOrder(list, moveColumn(order, column.id, 1))}
              >
                <ArrowDown className="text-muted-foreground" />
              </Button>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}
