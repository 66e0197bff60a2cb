import { type ReactNode, useCallback, useRef, useState } from "react";
import { NOT_ALLOWED, tellUnsaved } from "@/components/record/unsaved";
import { toastError } from "@/components/ui/toast";
import { RequestError } from "@/lib/errors";
import { CellEditor } from "./cell-editor";
import type { Column } from "./column";
import type { ListRow } from "./pages";

/** Which cell is being edited, and what is typed so far. It outlives its row's way out of sight and changes of the row. */
interface Editing<Row> {
  row: Row;
  column: Column<Row>;
  draft: string;
}

/** What a row needs to know to draw its cell that is being edited. */
export interface EditedCell {
  column: string;
  editor: ReactNode;
}

interface CellEditOptions<Row> {
  /** Left out where the user may not edit. */
  onEdit: ((row: Row, change: Partial<Row>) => void) | undefined;
  /** Gives the focus back to the table. */
  onFocus: () => void;
}

/** Why what is typed cannot be saved, or null: what was there before may stay. */
function problemOf<Row>({ row, column: { edit, header }, draft }: Editing<Row>): string | null {
  const text = draft.trim();
  if (edit === undefined || text === edit.text(row)) return null;
  if (text === "") return edit.required === true ? `${header} cannot be empty.` : null;
  return edit.problem?.(text, row) ?? null;
}

/** Editing in the table's cells, one at a time. */
export function useCellEdit<Row extends ListRow>({ onEdit, onFocus }: CellEditOptions<Row>) {
  const [editing, setEditing] = useState<Editing<Row> | null>(null);
  const done = useRef(false);

  const begin = useCallback(
    (row: Row | undefined, column: Column<Row> | undefined) => {
      if (row === undefined || column?.edit === undefined || onEdit === undefined) return;
      done.current = false;
      setEditing({ row, column, draft: column.edit.text(row) });
    },
    [onEdit],
  );

  const problem = editing && problemOf(editing);

  function finish(save: boolean, byKey: boolean) {
    // An input that goes loses the focus, which would end the editing a second time.
    if (done.current || editing === null) return;
    done.current = true;
    const { row, column, draft } = editing;
    setEditing(null);
    if (byKey) onFocus();
    // Leaving is no wish to give up what was typed.
    if (problem !== null && !byKey)
      toastError(new RequestError(`${problem} Nothing was changed.`, { status: 400, code: "bad_cell" }));
    const text = draft.trim();
    if (!save || column.edit === undefined || text === column.edit.text(row)) return;
    if (onEdit) onEdit(row, column.edit.change(text));
    // The user's role was another one when they began to type.
    else tellUnsaved(NOT_ALLOWED, { label: column.header, value: text });
  }

  const cell: EditedCell | undefined = editing?.column.edit && {
    column: editing.column.id,
    editor: (
      <CellEditor
        label={editing.column.header}
        edit={editing.column.edit}
        problem={problem}
        draft={editing.draft}
        onDraft={(draft) => setEditing({ ...editing, draft })}
        onDone={finish}
      />
    ),
  };
  return { begin, editedId: editing?.row.id ?? null, cell };
}
