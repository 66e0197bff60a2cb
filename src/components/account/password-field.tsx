import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface PasswordFieldProps {
  label: string;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  aside?: ReactNode;
}

/** A password (form value `password`) that can be made visible. A new one must have 8 characters. */
export function PasswordField({ label, autoComplete, autoFocus, aside }: PasswordFieldProps) {
  const [visible, setVisible] = useState(false);
  const isNew = autoComplete === "new-password";
  return (
    <Field
      name="password"
      label={label}
      aside={aside}
      description={isNew ? "At least 8 characters." : undefined}
    >
      <div className="relative">
        <Input
          type={visible ? "text" : "password"}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          required
          minLength={isNew ? 8 : undefined}
          maxLength={72}
          spellCheck={false}
          autoCapitalize="none"
          className="h-9 pr-10"
        />
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={visible ? "Hide password" : "Show password"}
          aria-pressed={visible}
          onClick={() => setVisible(!visible)}
          className="absolute top-1 right-1"
        >
          {visible ? <EyeOff className="text-muted-foreground" /> : <Eye className="text-muted-foreground" />}
        </Button>
      </div>
    </Field>
  );
}
