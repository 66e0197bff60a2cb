import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface TextFieldProps {
  name: string;
  label: string;
  description?: string;
  value: string;
  /** What is wrong with the text, or null. */
  check: (text: string) => string | null;
  disabled: boolean;
}

/** A text of the settings. */
export function TextField({ name, label, description, value, check, disabled }: TextFieldProps) {
  return (
    <Field name={name} label={label} description={description} validate={check}>
      <Input defaultValue={value} disabled={disabled} autoComplete="off" spellCheck={false} />
    </Field>
  );
}
