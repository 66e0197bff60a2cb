import { Input as InputPrimitive } from "@base-ui/react/input";
import { cn } from "@/lib/cn";
import type { StyledProps } from "./props";

/** Classes that every text-like control shares. 16 px on touch screens, below which phones zoom in on focus. */
export const controlClasses =
  "w-full rounded-md border border-input bg-card text-foreground text-sm shadow-xs pointer-coarse:text-lg transition-colors placeholder:text-muted-foreground hover:border-muted-foreground/50 focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-ring/35 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 data-invalid:border-destructive data-invalid:focus-visible:outline-destructive/30";

/** A one-line text control; inside a `Field` it takes the field's label, description and error. */
export function Input({ className, ...props }: StyledProps<InputPrimitive.Props>) {
  return <InputPrimitive className={cn(controlClasses, "h-8 px-2.5", className)} {...props} />;
}
