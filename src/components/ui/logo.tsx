import type { ComponentProps } from "react";

/** The product's mark; decoration beside its name. */
export function Logo(props: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden {...props}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <circle cx="16" cy="16" r="8.5" className="fill-none stroke-primary-foreground" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="3.25" className="fill-primary-foreground" />
    </svg>
  );
}
