import type { ReactNode } from "react";

interface RecordSectionProps {
  title: string;
  count?: number | undefined;
  children: ReactNode;
}

/** A titled part of a record's panel. */
export function RecordSection({ title, count, children }: RecordSectionProps) {
  return (
    <section className="border-b px-5 py-4 last:border-b-0">
      <h3 className="mb-2 flex items-baseline gap-1.5 font-medium text-sm">
        {title}
        {count !== undefined && <span className="text-muted-foreground text-xs tabular-nums">{count}</span>}
      </h3>
      {children}
    </section>
  );
}
