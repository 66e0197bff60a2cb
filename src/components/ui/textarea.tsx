import { Field as FieldPrimitive } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { controlClasses } from "./input";

/** A text control of several lines; put it inside a `Field`, which labels it. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <FieldPrimitive.Control
      render={
        <textarea rows={3} className={cn(controlClasses, "min-h-16 px-2.5 py-1.5", className)} {...props} />
      }
    />
  );
}
