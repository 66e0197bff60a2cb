import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { checkNumber, type NumberRule } from "@/lib/typed-number";

interface NumberFieldProps {
  name: string;
  label: string;
  hint: string;
  rule: NumberRule;
  value: string;
  disabled: boolean;
}

/** A number of the settings, typed as text: what is wrong with it is said in words of ours. */
export function NumberField({ name, label, hint, rule, value, disabled }: NumberFieldProps) {
  return (
    <Field name={name} label={label} description={hint} validate={(text) => checkNumber(rule, text)}>
      <Input
        defaultValue={value}
        disabled={disabled}
        inputMode={rule.whole ? "numeric" : "decimal"}
        autoComplete="off"
        className="max-w-40 tabular-nums"
      />
    </Field>
  );
}
