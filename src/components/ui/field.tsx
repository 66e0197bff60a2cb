import { Field as FieldPrimitive } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface FieldProps {
  label: ReactNode;
  /** The control: `Input`, `Textarea`, `Checkbox` or another Base UI control. */
  children: ReactNode;
  description?: ReactNode;
  /** What is wrong with the value; announced with the control. Without it the browser's own check of the control speaks. */
  error?: string | undefined;
  /** Something beside the label, such as a link. */
  aside?: ReactNode;
  /** The key of the value in the form. */
  name?: string;
  /** Checks a text on submit: what is wrong with it, or null. */
  validate?: (value: string) => string | null;
  /** Keep the label for screen readers only. */
  labelHidden?: boolean;
  className?: string;
}

/** A control with its label, hint and error, tied together for assistive technology. */
export function Field({
  label,
  children,
  description,
  error,
  aside,
  name,
  validate,
  labelHidden,
  className,
}: FieldProps) {
  return (
    <FieldPrimitive.Root
      {...(name !== undefined && { name })}
      {...(validate && { validate: (value: unknown) => validate(String(value ?? "")) })}
      invalid={error !== undefined}
      className={cn("flex flex-col gap-1.5", className)}
    >
      <div className={cn("flex items-baseline justify-between gap-2", labelHidden && "sr-only")}>
        <FieldPrimitive.Label className="font-medium text-sm">{label}</FieldPrimitive.Label>
        {aside}
      </div>
      {children}
      {description && (
        <FieldPrimitive.Description className="text-muted-foreground text-xs">
          {description}
        </FieldPrimitive.Description>
      )}
      {error === undefined ? (
        <FieldPrimitive.Error className="text-destructive-text text-xs" />
      ) : (
        <FieldPrimitive.Error match className="text-destructive-text text-xs">
          {error}
        </FieldPrimitive.Error>
      )}
    </FieldPrimitive.Root>
  );
}
