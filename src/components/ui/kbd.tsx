import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** One key of a keyboard shortcut. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-background px-1 font-sans text-muted-foreground text-xs",
        className,
      )}
      {...props}
    />
  );
}
