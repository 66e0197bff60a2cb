import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { cn } from "@/lib/cn";
import { PanelSkeleton } from "./panel-skeleton";

interface PanelBodyProps<Data> {
  query: Pick<UseQueryResult, "error" | "refetch" | "isFetching">;
  /** What the query gave, if it is to be shown. */
  data: Data | undefined;
  className?: string;
  children: (data: Data) => ReactNode;
}

/** What a panel shows below its title: the data, why there is none, or that it is on its way. */
export function PanelBody<Data>({ query, data, className, children }: PanelBodyProps<Data>) {
  return (
    <div className={cn("min-h-0 flex-1 overflow-y-auto", className)}>
      {data !== undefined ? (
        children(data)
      ) : query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <PanelSkeleton />
      )}
    </div>
  );
}
