import { STAGE_LABEL } from "@/components/record/job-labels";
import { formatNumber, formatPercent } from "@/lib/format";
import type { StageTotals } from "./totals";

const share = (count: number, total: number) => `${total === 0 ? 0 : (count / total) * 100}%`;

/** One stage of a run: how many of its jobs are done, failed and being worked on. */
export function StageBar({ totals }: { totals: StageTotals }) {
  const { stage, total, completed, failed, cancelled, active } = totals;
  const done = completed + failed;
  const segments = [
    { count: completed, look: "bg-success", name: "done" },
    { count: failed, look: "bg-destructive", name: "failed" },
    { count: cancelled, look: "bg-input", name: "cancelled" },
    { count: active, look: "bg-primary/60 motion-safe:animate-pulse", name: "working" },
  ].filter(({ count }) => count > 0);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="font-medium">{STAGE_LABEL[stage]}</span>
        <span className="text-muted-foreground tabular-nums">
          {formatNumber(done)} of {formatNumber(total)} · {formatPercent(done, total)}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label={STAGE_LABEL[stage]}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={done}
        aria-valuetext={`${formatNumber(done)} of ${formatNumber(total)}`}
        className="flex h-2 overflow-hidden rounded-full bg-accent"
      >
        {segments.map(({ count, look, name }) => (
          <span
            key={name}
            className={`h-full transition-[width] duration-500 ${look}`}
            style={{ width: share(count, total) }}
          />
        ))}
      </div>
      <p className="text-muted-foreground text-xs tabular-nums">
        {segments.length === 0
          ? "Nothing yet"
          : segments.map(({ count, name }) => `${formatNumber(count)} ${name}`).join(" · ")}
      </p>
    </div>
  );
}
