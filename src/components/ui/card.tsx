import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A bordered surface for things that belong together. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border bg-card", className)} {...props} />;
}

/** Title row of a card. */
export function CardHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("flex items-start justify-between gap-3 border-b px-4 py-3", className)} {...props} />
  );
}

/** The card's heading. */
export function CardTitle({ className, ...props }: ComponentProps<"h2">) {
  return <h2 className={cn("font-semibold text-base", className)} {...props} />;
}

/** The card's body. */
export function CardContent({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("px-4 py-4", className)} {...props} />;
}
