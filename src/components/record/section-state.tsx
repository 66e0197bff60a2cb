import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { describeError } from "@/lib/errors";

interface SectionStateProps {
  query: UseQueryResult<readonly unknown[]>;
  /** What is said when there is nothing, and what to do about it. */
  empty: string;
}

/** What a panel's section draws in the place of its rows: loading, failed, empty; nothing when there are rows. */
export function SectionState({ query, empty }: SectionStateProps) {
  if (query.isPending) return <Skeleton className="h-10" />;
  if (query.data !== undefined) {
    return query.data.length === 0 && <p className="text-muted-foreground text-sm">{empty}</p>;
  }
  const { title, message } = describeError(query.error);
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-destructive-text">
        {title}. {message}
      </span>
      <Button size="sm" pending={query.isFetching} onClick={() => void query.refetch()}>
        Try again
      </Button>
    </div>
  );
}
