import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isPrivateAddress } from "./private-address";
import { checkUrl } from "./settings-form";

interface AddressFieldProps {
  description: string;
  value?: string;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
}

/** Where requests are sent. A private address is not refused: only whoever runs the installation knows which are allowed. */
export function AddressField({ description, value = "", ...props }: AddressFieldProps) {
  const [typed, setTyped] = useState(value);
  return (
    <div className="flex flex-col gap-1.5">
      <Field name="url" label="Address" description={description} validate={checkUrl}>
        <Input
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          defaultValue={value}
          onValueChange={setTyped}
          {...props}
        />
      </Field>
      {isPrivateAddress(typed) && (
        <p role="status" className="text-warning-text text-xs">
          This address is private. Research reaches it only if whoever runs this installation has allowed it.
        </p>
      )}
    </div>
  );
}
