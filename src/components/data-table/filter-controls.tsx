import { X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { confirms } from "@/components/ui/confirms";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { useTypedSearch } from "./use-typed-search";

export function FilterSection({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-muted-foreground text-xs">{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChoicesFilterProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: readonly Value[];
  onChange: (value: Value[]) => void;
}

/** Any of a few values. */
export function ChoicesFilter<Value extends string>(props: ChoicesFilterProps<Value>) {
  const { label, options, value, onChange } = props;
  const id = useId();
  return (
    <FilterSection label={label}>
      {options.map((option) => (
        <label
          key={option.value}
          htmlFor={`${id}-${option.value}`}
          className="flex items-center gap-2 text-sm"
        >
          <Checkbox
            id={`${id}-${option.value}`}
            checked={value.includes(option.value)}
            onCheckedChange={(checked) =>
              onChange(checked ? [...value, option.value] : value.filter((other) => other !== option.value))
            }
          />
          {option.label}
        </label>
      ))}
    </FilterSection>
  );
}

interface YesNoFilterProps {
  label: string;
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}

const ANSWERS = [
  { label: "Any", value: null },
  { label: "Yes", value: true },
  { label: "No", value: false },
];

/** Yes, no, or either. */
export function YesNoFilter({ label, value, onChange }: YesNoFilterProps) {
  const name = useId();
  return (
    <fieldset className="flex items-center justify-between gap-3">
      <legend className="float-left font-medium text-muted-foreground text-xs">{label}</legend>
      <div className="flex rounded-md bg-accent p-0.5">
        {ANSWERS.map((answer) => (
          <label
            key={answer.label}
            className={cn(
              "cursor-pointer rounded-sm px-2.5 py-0.5 text-muted-foreground text-sm has-focus-visible:outline-2 has-focus-visible:outline-ring",
              value === answer.value && "bg-card text-foreground shadow-xs",
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === answer.value}
              onChange={() => onChange(answer.value)}
            />
            {answer.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface WordsFilterProps {
  label: string;
  placeholder: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Offered while typing. */
  suggestions: readonly string[];
}

/** Whether a whole suggestion was taken over; while typing, "Oman" may still become "Omani". */
function isChosen(event: Event): boolean {
  return !(event instanceof InputEvent) || event.inputType === "insertReplacementText";
}

/** The word as the suggestions spell it, whatever its case; rows are found by their exact spelling. */
function knownSpelling(word: string, suggestions: readonly string[]): string {
  if (suggestions.includes(word)) return word;
  const lower = word.toLocaleLowerCase();
  return suggestions.find((known) => known.toLocaleLowerCase() === lower) ?? word;
}

/** Free words, each added with Enter or from the suggestions. */
export function WordsFilter({ label, placeholder, value, onChange, suggestions }: WordsFilterProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const add = (word: string) => {
    const known = knownSpelling(word.trim(), suggestions);
    if (known !== "" && !value.includes(known)) onChange([...value, known]);
    setText("");
  };
  return (
    <FilterSection label={label}>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {value.map((word) => (
            <li key={word}>
              <Button
                variant="secondary"
                size="sm"
                className="max-w-full"
                aria-label={`Remove ${word}`}
                onClick={() => onChange(value.filter((other) => other !== word))}
              >
                <span className="truncate">{word}</span>
                <X className="size-3.5 text-muted-foreground" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Input
        aria-label={label}
        placeholder={placeholder}
        list={listId}
        value={text}
        maxLength={200}
        onValueChange={(next, { event }) => (isChosen(event) ? add(next) : setText(next))}
        onKeyDown={(event) => {
          if (confirms(event)) add(text);
        }}
        onBlur={() => add(text)}
      />
      <datalist id={listId}>
        {suggestions
          .filter((word) => !value.includes(word))
          .map((word) => (
            <option key={word} value={word} />
          ))}
      </datalist>
    </FilterSection>
  );
}

interface TextFilterProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** A text that must be contained; applied as one types. */
export function TextFilter({ label, placeholder, value, onChange }: TextFilterProps) {
  const { text, type, searchNow, composition } = useTypedSearch(value, onChange);
  return (
    <FilterSection label={label}>
      <Input
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={200}
        onValueChange={type}
        {...composition}
        onKeyDown={(event) => {
          if (confirms(event)) searchNow(text);
        }}
        onBlur={() => searchNow(text)}
      />
    </FilterSection>
  );
}
