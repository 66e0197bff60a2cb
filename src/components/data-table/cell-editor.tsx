import type { ChangeEvent, KeyboardEvent } from "react";
import { confirms } from "@/components/ui/confirms";
import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import type { CellEdit } from "./column";

interface CellEditorProps {
  label: string;
  edit: Pick<CellEdit<never>, "maxLength" | "required" | "options" | "placeholder">;
  draft: string;
  /** Why what is typed cannot be saved, or null. */
  problem: string | null;
  onDraft: (draft: string) => void;
  /** The user is done; what was typed is to be saved unless they gave up. `byKey` tells that the focus goes back to the table. */
  onDone: (save: boolean, byKey: boolean) => void;
}

/** A cell that is being edited: Enter or leaving saves, Escape gives up. */
export function CellEditor({ label, edit, draft, problem, onDraft, onDone }: CellEditorProps) {
  const refused = problem !== null || (edit.required === true && draft.trim() === "");
  const control = {
    "aria-label": label,
    "aria-invalid": refused,
    title: problem ?? undefined,
    // The user has just asked to type here.
    autoFocus: true,
    value: draft,
    className: cn(controlClasses, "-mx-1.5 h-8 px-1.5", refused && "border-destructive"),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onDraft(event.currentTarget.value),
    onBlur: () => onDone(!refused, false),
    onKeyDown: (event: KeyboardEvent) => {
      // The table's own keys are characters here.
      event.stopPropagation();
      const cancels = event.key === "Escape" && !event.nativeEvent.isComposing;
      if (!cancels && (!confirms(event) || refused)) return;
      event.preventDefault();
      onDone(!cancels, true);
    },
  };
  if (edit.options === undefined)
    return (
      <input
        type="text"
        maxLength={edit.maxLength}
        placeholder={edit.placeholder}
        onFocus={({ currentTarget }) => currentTarget.select()}
        {...control}
      />
    );
  return (
    <select {...control}>
      {edit.options.map(({ value, label: name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
