import { Form as FormPrimitive } from "@base-ui/react/form";
import { cn } from "@/lib/cn";
import type { StyledProps } from "./props";

/**
 * A form of `Field`s with `name`s. `onFormSubmit` gets their values by name once every field is valid; until then the first
 * invalid field is focused and says what is wrong.
 */
export function Form<Values extends Record<string, unknown>>({
  className,
  ...props
}: StyledProps<FormPrimitive.Props<Values>>) {
  return <FormPrimitive<Values> className={cn("flex flex-col gap-4", className)} {...props} />;
}
