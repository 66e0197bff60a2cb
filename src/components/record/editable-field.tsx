import { Pencil } from "lucide-react";
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { type ValueKind, ValueView } from "./value-view";

interface EditableFieldProps {
  label: string;
  value: string | null;
  kind?: ValueKind;
  maxLength: number;
  /** An empty value is refused. */
  required?: boolean;
  /** Saves the trimmed text, null for an empty one; left out where the user may not edit. */
  onSave?: ((value: string | null) => void) | undefined;
  /** Where the value came from. */
  note?: ReactNode;
}

/** A field of a record that turns into an input: Enter or leaving saves, Escape takes it back. */
export function EditableField(props: EditableFieldProps) {
  const { label, value, kind = "text", required = false, onSave, note } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const missing = required && draft?.trim() === "";

  function finish(save: boolean) {
    if (draft === null || (save && missing)) return;
    const next = draft.trim() || null;
    setDraft(null);
    if (save && next !== value) onSave?.(next);
  }
  function handleKey(event: KeyboardEvent<HTMLElement>) {
    const leaves =
      event.key === "Escape" || (event.key === "Enter" && !(kind === "multiline" && event.shiftKey));
    if (!leaves) return;
    event.preventDefault();
    // Escape closes the editor, not the panel around it.
    event.stopPropagation();
    finish(event.key === "Enter");
    requestAnimationFrame(() => pencil.current?.focus());
  }

  if (draft !== null) {
    const control = {
      value: draft,
      maxLength: props.maxLength,
      autoFocus: true,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        setDraft(event.currentTarget.value),
      onKeyDown: handleKey,
      onBlur: () => finish(true),
    };
    return (
      <Field
        label={label}
        className="py-1.5"
        error={missing ? `${label} cannot be empty.` : undefined}
        description={kind === "multiline" ? "Enter saves, Shift+Enter starts a new line." : undefined}
      >
        {kind === "multiline" ? <Textarea rows={5} {...control} /> : <Input {...control} />}
      </Field>
    );
  }
  return (
    <div className="group/field grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 py-1.5">
      <dt className="pt-0.5 text-muted-foreground text-sm">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-0.5">
        <div className="flex min-h-6 min-w-0 items-start gap-1">
          <div className="min-w-0 flex-1 pt-0.5 text-sm">
            {value === null || value === "" ? (
              <span className="text-muted-foreground">–</span>
            ) : (
              <ValueView value={value} kind={kind} />
            )}
          </div>
          {onSave && (
            <Button
              ref={pencil}
              variant="ghost"
              size="icon-sm"
              aria-label={`Edit ${label.toLowerCase()}`}
              className="size-6 opacity-0 focus-visible:opacity-100 group-hover/field:opacity-100 pointer-coarse:opacity-100"
              onClick={() => setDraft(value ?? "")}
            >
              <Pencil className="size-3.5 text-muted-foreground" />
            </Button>
          )}
        </div>
        {note}
      </dd>
    </div>
  );
}
