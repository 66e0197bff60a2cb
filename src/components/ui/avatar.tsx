import { cn } from "@/lib/cn";

interface AvatarProps {
  /** Whose it is; up to two initials are drawn. */
  name: string;
  className?: string;
}

/** Up to two initials of a name or e-mail address, upper case. */
export function initials(name: string): string {
  const words = name
    .replace(/@.*$/, "")
    .split(/[^\p{L}\p{N}'’]+/u)
    .filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word].slice(0, 1).join("").toUpperCase())
    .join("");
}

/** Initials on a square; decoration beside a name that is written out. */
export function Avatar({ name, className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-6 shrink-0 select-none items-center justify-center rounded-md bg-primary-subtle font-semibold text-[0.6875rem] text-primary-text",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
