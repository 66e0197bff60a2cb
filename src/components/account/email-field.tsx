import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** An e-mail address (form value `email`). */
export function EmailField({
  autoFocus,
  defaultValue,
}: {
  autoFocus?: boolean;
  defaultValue?: string | undefined;
}) {
  return (
    <Field name="email" label="E-mail">
      <Input
        type="email"
        autoComplete="username"
        inputMode="email"
        autoFocus={autoFocus}
        defaultValue={defaultValue}
        required
        spellCheck={false}
        autoCapitalize="none"
        placeholder="you@company.com"
        className="h-9"
      />
    </Field>
  );
}
