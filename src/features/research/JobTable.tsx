import { type ReactNode, useCallback } from "react";
import type { Sort } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { HEADER_HEIGHT, ROW_HEIGHT } from "@/components/data-table/layout";
import { scrollRowCount } from "@/components/data-table/pages";
import { ALL_MATCHING, type Selection } from "@/components/data-table/selection";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { useListSelection } from "@/components/data-table/use-list-selection";
import { formatCount } from "@/lib/format";
import { jobColumns, jobName } from "./job-columns";
import type { Job } from "./job-queries";
import { MOST_RERUN } from "./rerun";
import type { useJobs } from "./use-jobs";

/** In px, so that a few jobs do not stand in a large box; the scrollbar below them is as high as this at most. */
const SCROLLBAR = 18;

/** Jobs come in the order they were queued in, whichever is looked for. */
const newestFirst: Sort = { by: "id", direction: "desc" };
const noun = { one: "job", many: "jobs" };
const nothing = () => {};
const NONE: Job[] = [];

interface JobTableProps {
  list: ReturnType<typeof useJobs>;
  /** The run and the filter: a selection belongs to them. */
  scope: string;
  openId: string | null;
  onOpen: (id: string) => void;
  /** What can be done with what is selected; left out where nothing can be. */
  selectionActions?:
    | ((selection: Selection, selectOnly: (ids: readonly string[]) => void) => ReactNode)
    | undefined;
}

/** The jobs of a run in a box of their own that is scrolled: a run has as many as its list has companies, times its stages. */
export function JobTable({ list, scope, openId, onOpen, selectionActions }: JobTableProps) {
  const { start, hasMore, total, onVisible } = list;
  const jobs = list.jobs ?? NONE;
  const { selection, count, notice, announcement, select, selectOnly, clear, place, thenToTable } =
    useListSelection(scope, { outdated: list.outdated, total, loaded: jobs.length, noun });
  const firstId = start === 0 ? jobs[0]?.id : undefined;
  const tellVisible = useCallback(
    (ids: string[]) => onVisible(ids, ids[0] === firstId),
    [onVisible, firstId],
  );
  const end = start + jobs.length;
  const canSelectAll =
    selection.mode === "rows" && total !== null && total > selection.ids.size && total <= MOST_RERUN;
  return (
    <div
      ref={place}
      className="relative flex max-h-[28rem] flex-col overflow-hidden rounded-b-xl"
      style={{
        height: list.pending ? "28rem" : HEADER_HEIGHT + end * ROW_HEIGHT + SCROLLBAR,
        ...(count !== 0 && { minHeight: "14rem" }),
      }}
    >
      <DataTable
        list="jobs"
        label="Jobs"
        columns={jobColumns}
        rowName={jobName}
        rows={jobs}
        start={start}
        reach={scrollRowCount({ end, hasMore, total: null, canJump: false })}
        pending={list.pending}
        total={hasMore ? null : end}
        hasMore={hasMore}
        onLoadMore={list.loadMore}
        onLoadBefore={list.loadBefore}
        outdated={list.outdated}
        sort={newestFirst}
        onSortChange={nothing}
        selection={selection}
        {...(selectionActions && { onSelectionChange: select })}
        openId={openId}
        onOpen={({ id }) => onOpen(id)}
        onVisibleChange={tellVisible}
        scrollKey={scope}
      />
      {count !== 0 && (
        <SelectionBar
          count={count}
          matching={canSelectAll ? formatCount(total, "job") : null}
          notice={notice}
          onSelectMatching={thenToTable(() => select(ALL_MATCHING))}
          onClear={thenToTable(clear)}
        >
          {selectionActions?.(selection, selectOnly)}
        </SelectionBar>
      )}
      <span aria-live="polite" className="sr-only">
        {announcement}
      </span>
    </div>
  );
}
