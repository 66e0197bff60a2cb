import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A grey shape where something is about to appear; hidden from assistive technology. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-pulse rounded-md bg-accent", className)} {...props} />;
}
