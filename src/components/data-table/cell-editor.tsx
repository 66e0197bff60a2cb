import { type ChangeEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { confirms } from "@/components/ui/confirms";
import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { CellProblem } from "./cell-problem";
import type { CellEdit } from "./column";

interface CellEditorProps {
  label: string;
  edit: Pick<CellEdit<never>, "maxLength" | "options" | "placeholder">;
  draft: string;
  /** Why what is typed cannot be saved, or null. */
  problem: string | null;
  onDraft: (draft: string) => void;
  /** The user is done; what was typed is to be saved unless they gave up. `byKey` tells that the focus goes back to the table. */
  onDone: (save: boolean, byKey: boolean) => void;
}

/** A cell that is being edited: Enter or leaving saves, Escape gives up. What cannot be saved says why beside the cell. */
export function CellEditor({ label, edit, draft, problem, onDraft, onDone }: CellEditorProps) {
  const problemId = useId();
  const [element, setElement] = useState<HTMLElement | null>(null);
  // Half an address is no mistake yet.
  const [tried, setTried] = useState(false);
  const refused = tried && problem !== null;
  const control = {
    ref: setElement,
    "aria-label": label,
    "aria-invalid": refused,
    "aria-describedby": refused ? problemId : undefined,
    // The user has just asked to type here.
    autoFocus: true,
    value: draft,
    className: cn(controlClasses, "-mx-1.5 h-8 px-1.5", refused && "border-destructive"),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onDraft(event.currentTarget.value),
    onBlur: () => onDone(problem === null, false),
    onKeyDown: (event: KeyboardEvent) => {
      // The table's own keys are characters here.
      event.stopPropagation();
      const cancels = event.key === "Escape" && !event.nativeEvent.isComposing;
      if (!cancels && !confirms(event)) return;
      event.preventDefault();
      if (!cancels && problem !== null) return setTried(true);
      onDone(!cancels, true);
    },
  };
  const draw = (input: ReactNode) => (
    <>
      {input}
      {refused && element && (
        <CellProblem id={problemId} anchor={element}>
          {problem}
        </CellProblem>
      )}
    </>
  );
  if (edit.options === undefined)
    return draw(
      <input
        type="text"
        maxLength={edit.maxLength}
        placeholder={edit.placeholder}
        onFocus={({ currentTarget }) => currentTarget.select()}
        {...control}
      />,
    );
  return draw(
    <select {...control}>
      {edit.options.map(({ value, label: name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>,
  );
}
