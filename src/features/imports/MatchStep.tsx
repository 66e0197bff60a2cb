import { ArrowRight } from "lucide-react";
import { useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogFooter } from "@/components/ui/dialog";
import { Select, type SelectOption } from "@/components/ui/select";
import { cn } from "@/lib/cn";
import { formatCount } from "@/lib/format";
import { KindSwitch } from "./KindSwitch";
import { FIELD_LIST, type Target } from "./rows/fields";
import type { Column } from "./rows/headers";
import { missingFields } from "./rows/missing-fields";
import type { ImportDraft, ImportStep } from "./use-import-draft";

const SAMPLES = 3;

/** The first values of a column, for the user to recognise it by. */
function samplesOf(rows: readonly string[][], index: number): string {
  const values = rows.map((row) => (row[index] ?? "").trim()).filter((value) => value !== "");
  return [...new Set(values)]
    .slice(0, SAMPLES)
    .map((value) => (value.length > 80 ? `${value.slice(0, 80)}…` : value))
    .join(" · ");
}

const isMatched = ({ target }: Column) => target !== "custom" && target !== "skip";

interface ColumnRowProps {
  column: Column;
  samples: string;
  options: readonly SelectOption<Target>[];
  onTarget: (target: Target) => void;
}

function ColumnRow({ column, samples, options, onTarget }: ColumnRowProps) {
  const unsure = column.confidence === "likely" || column.confidence === "guess";
  return (
    <li className="flex items-center gap-3 px-3 py-2 max-sm:flex-col max-sm:items-stretch max-sm:gap-1.5">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium text-sm" title={column.header}>
            {column.header}
          </span>
          {unsure && <Badge variant="warning">Guessed, please check</Badge>}
        </p>
        <p className="truncate text-muted-foreground text-xs">{samples || "No values in the first rows"}</p>
      </div>
      <ArrowRight aria-hidden className="size-4 shrink-0 text-muted-foreground max-sm:hidden" />
      <Select
        aria-label={`What “${column.header}” is`}
        options={options}
        value={column.target}
        onValueChange={onTarget}
        className={cn("sm:w-52", !isMatched(column) && "text-muted-foreground")}
      />
    </li>
  );
}

interface ColumnListProps {
  step: ImportStep & { name: "match" };
  onTarget: ImportDraft["setTarget"];
}

/** The columns of the file, those that were matched first, so that they are found among hundreds. */
function ColumnList({ step, onTarget }: ColumnListProps) {
  const { columns, kind, opened } = step;
  // Only the first matches count: a row does not jump away from under the pointer.
  const [order] = useState(() => {
    const places = columns.map((column, index) => ({ index, matched: isMatched(column) }));
    return places.toSorted((a, b) => Number(b.matched) - Number(a.matched)).map(({ index }) => index);
  });
  const options: SelectOption<Target>[] = [
    ...FIELD_LIST[kind].map(({ field, label }) => ({ value: field, label })),
    { value: "custom", label: "Keep as custom field" },
    { value: "skip", label: "Skip this column" },
  ];
  return (
    <ul aria-label="Columns" className="max-h-[45vh] divide-y overflow-y-auto rounded-md border">
      {order.map((index) => {
        const column = columns[index];
        return (
          column && (
            <ColumnRow
              key={column.header}
              column={column}
              samples={samplesOf(opened.sample, index)}
              options={options}
              onTarget={(target) => onTarget(index, target)}
            />
          )
        );
      })}
    </ul>
  );
}

interface MatchStepProps {
  draft: ImportDraft;
  step: ImportStep & { name: "match" };
}

/** Which column becomes which field, with values of the file to recognise the columns by. */
export function MatchStep({ draft, step }: MatchStepProps) {
  const { columns, kind, opened, file } = step;
  const headerId = useId();
  const missing = missingFields(kind, columns);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <KindSwitch kind={kind} onKind={draft.setKind} />
        <label htmlFor={headerId} className="flex items-center gap-2 text-sm">
          <Checkbox
            id={headerId}
            checked={opened.headerRows > 0}
            onCheckedChange={(checked) => void draft.choose(file, checked)}
          />
          The file has a header
        </label>
      </div>
      {opened.headerRows === 0 && (
        <Alert title="No header: the first row is taken as data">
          All rows are imported, and the columns are numbered. If the first row is a header, tick the box.
        </Alert>
      )}
      <ColumnList key={`${kind} ${opened.headerRows}`} step={step} onTarget={draft.setTarget} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
        <span>{formatCount(columns.length, "column")}. All without a field:</span>
        <Button variant="link" size="sm" className="h-auto px-0" onClick={() => draft.setRest("custom")}>
          keep as custom fields
        </Button>
        <Button variant="link" size="sm" className="h-auto px-0" onClick={() => draft.setRest("skip")}>
          skip
        </Button>
      </div>
      {missing !== null && <Alert variant="warning" title={missing} />}
      <DialogFooter>
        <Button onClick={draft.back}>Back</Button>
        <Button variant="primary" onClick={draft.checkFile} disabled={missing !== null}>
          Check the rows
        </Button>
      </DialogFooter>
    </>
  );
}
