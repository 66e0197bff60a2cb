import type { IntegrationKind } from "@contracts";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isPrivateAddress } from "./private-address";
import { checkUrl } from "./settings-form";
import { productionUrl, TEST_ADDRESS_TEXT } from "./test-address";

interface AddressFieldProps {
  kind: IntegrationKind;
  description: string;
  value?: string;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  /** Told when the address is changed otherwise than by typing. */
  onReplaced?: () => void;
}

/** Where requests are sent. A private address is not refused: only whoever runs the installation knows which are allowed. */
export function AddressField({ kind, description, value = "", onReplaced, ...props }: AddressFieldProps) {
  const [typed, setTyped] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const production = kind === "n8n" ? productionUrl(typed) : null;
  return (
    <div className="flex flex-col gap-1.5">
      <Field name="url" label="Address" description={description} validate={checkUrl}>
        <Input
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          ref={input}
          value={typed}
          onValueChange={setTyped}
          {...props}
        />
      </Field>
      {production !== null && (
        <div role="status" className="flex flex-col items-start gap-1.5 text-warning-text text-xs">
          <p className="break-all">
            {TEST_ADDRESS_TEXT} Use the production URL: {production}
          </p>
          {!props.disabled && (
            <Button
              size="sm"
              onClick={() => {
                setTyped(production);
                onReplaced?.();
                input.current?.focus();
              }}
            >
              Use the production URL
            </Button>
          )}
        </div>
      )}
      {isPrivateAddress(typed) && (
        <p role="status" className="text-warning-text text-xs">
          This address is private. Research reaches it only if whoever runs this installation has allowed it.
        </p>
      )}
    </div>
  );
}
