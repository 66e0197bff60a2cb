import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { cn } from "@/lib/cn";
import { panelData } from "./panel-data";
import { PanelSkeleton } from "./panel-skeleton";

interface PanelBodyProps<Data> {
  query: UseQueryResult<Data>;
  className?: string;
  children: (data: Data) => ReactNode;
}

/** What a panel shows below its title: the data, why there is none (any more), or that it is on its way. */
export function PanelBody<Data>({ query, className, children }: PanelBodyProps<Data>) {
  const data = panelData(query);
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
