import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** Why it is empty and what to do next. */
  message: ReactNode;
  /** The button or link of the next step. */
  action?: ReactNode;
  className?: string;
}

/** What is drawn where there is nothing yet. */
export function EmptyState({ icon: Icon, title, message, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-3 px-6 py-16 text-center", className)}>
      {Icon && (
        <span className="flex size-10 items-center justify-center rounded-lg border bg-card text-muted-foreground shadow-xs">
          <Icon aria-hidden className="size-5" />
        </span>
      )}
      <div className="flex max-w-sm flex-col gap-1">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-balance text-muted-foreground text-sm">{message}</p>
      </div>
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
