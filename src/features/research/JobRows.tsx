import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "react-router-dom";
import { JOB_STATUS, STAGE_LABEL } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import { formatRelative } from "@/lib/format";
import type { Job } from "./job-queries";

/** Px of a job without an error; one with an error is measured. */
const JOB_HEIGHT = 37;
/** Jobs from an end of the loaded ones where the page beyond it is asked for. */
const FETCH_AHEAD = 20;

function JobRow({ job, onOpen }: { job: Job; onOpen: (id: string) => void }) {
  const { label, variant } = JOB_STATUS[job.status];
  const at = job.finished_at ?? job.started_at ?? job.created_at;
  const tries = job.attempt > 1 ? `Attempt ${job.attempt}` : null;
  return (
    <div className="relative flex items-start gap-3 border-b px-4 py-2 text-sm hover:bg-muted">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          {job.company ? (
            <Link
              to={`/c/${job.campaign_id}/companies?company=${job.company.id}`}
              className="relative z-10 min-w-0 truncate font-medium hover:underline"
            >
              {job.company.name}
            </Link>
          ) : (
            <span className="text-muted-foreground">A company that was deleted</span>
          )}
          <span className="text-muted-foreground">{STAGE_LABEL[job.stage]}</span>
        </p>
        {job.error_message && job.status !== "completed" && (
          <p className="break-words text-destructive-text text-xs">{job.error_message}</p>
        )}
      </div>
      <span className="shrink-0 text-muted-foreground text-xs leading-5 max-sm:hidden">
        {[tries, formatRelative(at)].filter(Boolean).join(" · ")}
      </span>
      <Badge variant={variant}>{label}</Badge>
      {/* Reaches over the whole row, below its link. */}
      <button
        type="button"
        aria-label={`What happened: ${job.company?.name ?? "a deleted company"}, ${STAGE_LABEL[job.stage].toLowerCase()}`}
        onClick={() => onOpen(job.id)}
        className="-my-0.5 flex size-6 shrink-0 items-center justify-center rounded-sm after:absolute after:inset-0"
      >
        <ChevronRight aria-hidden className="size-4 text-muted-foreground" />
      </button>
    </div>
  );
}

interface JobRowsProps {
  jobs: readonly Job[];
  /** Index in the list of the first of the jobs. */
  start: number;
  /** There are more after them. */
  hasMore: boolean;
  loadMore: () => void;
  loadBefore: () => void;
  /** Told which jobs are on screen, and whether these are the first of the list. */
  onVisible: (ids: readonly string[], atTop: boolean) => void;
  onOpen: (id: string) => void;
}

/** Jobs in a box of their own that is scrolled: a run has as many as its list has companies, times its stages. */
export function JobRows({ jobs, start, hasMore, loadMore, loadBefore, onVisible, onOpen }: JobRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const end = start + jobs.length;
  // Heights are known by place, so that pages that are dropped leave the rest where it is.
  const virtualizer = useVirtualizer({
    count: end,
    getScrollElement: () => box.current,
    estimateSize: () => JOB_HEIGHT,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const atTop = (virtualizer.range?.startIndex ?? 0) === 0;
  useEffect(() => {
    if (hasMore && last >= end - FETCH_AHEAD) loadMore();
  }, [hasMore, last, end, loadMore]);
  useEffect(() => {
    if (start > 0 && first < start + FETCH_AHEAD && !atTop) loadBefore();
  }, [start, first, atTop, loadBefore]);
  useEffect(() => {
    const drawn = jobs.slice(Math.max(0, first - start), Math.max(0, last + 1 - start));
    onVisible(
      drawn.map(({ id }) => id),
      atTop,
    );
  }, [jobs, start, first, last, atTop, onVisible]);
  return (
    <div ref={box} className="max-h-[28rem] overflow-y-auto rounded-b-xl">
      <ul aria-label="Jobs" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start: top }) => {
          const job = jobs[index - start];
          return (
            job && (
              <li
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={hasMore ? -1 : end}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${top}px)` }}
              >
                <JobRow job={job} onOpen={onOpen} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
