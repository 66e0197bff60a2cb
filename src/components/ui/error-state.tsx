import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { describeError } from "@/lib/errors";
import { Button } from "./button";

interface ErrorStateProps {
  /** What was thrown; it is turned into words by `describeError`. */
  error: unknown;
  /** Tries again what failed. */
  onRetry?: () => void;
  retrying?: boolean;
  /** Further ways out beside "Try again". */
  actions?: ReactNode;
  className?: string;
}

/** What is drawn where something could not be loaded. */
export function ErrorState({ error, onRetry, retrying = false, actions, className }: ErrorStateProps) {
  const { title, message } = describeError(error);
  return (
    <div
      role="alert"
      className={cn("flex flex-col items-center justify-center gap-3 px-6 py-16 text-center", className)}
    >
      <span className="flex size-10 items-center justify-center rounded-lg bg-destructive-subtle text-destructive-text">
        <CircleAlert aria-hidden className="size-5" />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-balance text-muted-foreground text-sm">{message}</p>
      </div>
      {(onRetry || actions) && (
        <div className="mt-1 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button onClick={onRetry} pending={retrying}>
              Try again
            </Button>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
