import { Pencil } from "lucide-react";
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { confirms } from "@/components/ui/confirms";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { cn } from "@/lib/cn";
import type { ValueRule } from "@/lib/value-rules";
import { NOT_ALLOWED, tellUnsaved } from "./unsaved";
import { type ValueKind, ValueView } from "./value-view";

interface EditableFieldProps {
  label: string;
  value: string | null;
  kind?: ValueKind;
  maxLength: number;
  /** An empty value is refused. */
  required?: boolean;
  /** What a new text that is not empty must keep to. */
  rule?: ValueRule | undefined;
  /** Saves the trimmed text, null for an empty one; left out where the user may not edit. */
  onSave?: ((value: string | null) => void) | undefined;
  /** Where the value came from. */
  note?: ReactNode;
}

/** A field of a record that turns into an input: Enter or leaving saves, Escape takes it back. */
export function EditableField(props: EditableFieldProps) {
  const { label, value, kind = "text", required = false, onSave } = props;
  const [draft, setDraft] = useState<string | null>(null);
  // Half an address is no mistake yet.
  const [tried, setTried] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const discard = useRef(false);
  const problem = draft === null ? null : problemOf(draft.trim());

  function problemOf(text: string): string | null {
    if (text === (value ?? "")) return null;
    if (text === "") return required ? `${label} cannot be empty.` : null;
    return props.rule?.(text) ?? null;
  }

  function leave() {
    const next = draft?.trim() || null;
    const save = !discard.current;
    if (save && problem !== null) return setTried(true);
    discard.current = false;
    setTried(false);
    setDraft(null);
    if (!save || next === value) return;
    if (onSave) onSave(next);
    // The user's role was another one when they began to type.
    else tellUnsaved(NOT_ALLOWED, { label, value: next });
  }
  function handleKey(event: KeyboardEvent<HTMLElement>) {
    const cancels = event.key === "Escape" && !event.nativeEvent.isComposing;
    const saves = confirms(event) && !(kind === "multiline" && event.shiftKey);
    if (!cancels && !saves) return;
    event.preventDefault();
    // Escape closes the editor, not the panel around it.
    event.stopPropagation();
    if (saves && problem !== null) return setTried(true);
    discard.current = cancels;
    // Focus goes first: a panel whose focused element disappears takes the focus itself.
    if (pencil.current) pencil.current.focus();
    else event.currentTarget.blur();
  }

  const control = {
    value: draft ?? "",
    maxLength: props.maxLength,
    autoFocus: true,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setDraft(event.currentTarget.value),
    onKeyDown: handleKey,
    onBlur: leave,
  };
  return (
    <div className="group/field relative py-1">
      {draft !== null ? (
        <Field
          label={label}
          error={tried && problem !== null ? problem : undefined}
          description={kind === "multiline" ? "Enter saves, Shift+Enter starts a new line." : undefined}
        >
          {kind === "multiline" ? <Textarea rows={5} {...control} /> : <Input {...control} />}
        </Field>
      ) : (
        <FieldView label={label} value={value} kind={kind} note={props.note} />
      )}
      {onSave && (
        <Button
          ref={pencil}
          variant="ghost"
          size="icon-sm"
          aria-label={`Edit ${label.toLowerCase()}`}
          className={cn(
            "absolute top-1 right-0 size-6 opacity-0 focus-visible:opacity-100 group-hover/field:opacity-100 pointer-coarse:opacity-100",
            draft !== null && "sr-only",
          )}
          onClick={() => setDraft(value ?? "")}
        >
          <Pencil className="size-3.5 text-muted-foreground" />
        </Button>
      )}
    </div>
  );
}

function FieldView({
  label,
  value,
  kind,
  note,
}: Required<Pick<EditableFieldProps, "label" | "value" | "kind">> & { note: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3">
      <span className="pt-0.5 text-muted-foreground text-sm">{label}</span>
      <div className="flex min-w-0 flex-col">
        <div className="flex min-h-6 min-w-0 items-start pr-7 text-sm">
          {value === null || value === "" ? (
            <span className="text-muted-foreground leading-6">–</span>
          ) : (
            <ValueView value={value} kind={kind} />
          )}
        </div>
        {note}
      </div>
    </div>
  );
}
