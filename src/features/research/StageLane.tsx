import { Link } from "react-router-dom";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import type { StageTotals } from "./totals";

const share = (count: number, total: number) => `${total === 0 ? 0 : (count / total) * 100}%`;

interface StageLaneProps {
  totals: StageTotals;
  /** Who does the stage: an integration's id, null for the web researcher. */
  provider: string | null;
  providerName: string;
  /** Until when nothing is sent to it, in milliseconds since 1970 by the clock here; null where that is not so. */
  heldUntil: number | null;
}

/** One stage of a run: who does it, and how many of its jobs are in each state, or that there are none. */
export function StageLane({ totals, provider, providerName, heldUntil }: StageLaneProps) {
  const { stage, total, completed, failed, cancelled, working, waiting, queued } = totals;
  const done = completed + failed;
  const states = [
    { count: completed, look: "bg-success", name: "done" },
    { count: failed, look: "bg-destructive", name: "failed" },
    { count: cancelled, look: "bg-input", name: "cancelled" },
    { count: working, look: "bg-primary/60 motion-safe:animate-pulse", name: "working" },
    { count: waiting, look: "bg-warning/70", name: "handed over" },
    { count: queued, look: "bg-transparent", name: "queued" },
  ].filter(({ count }) => count > 0);
  const isEmpty = total === 0;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="min-w-0 break-words">
          <span className="font-medium">{STAGE_LABEL[stage]}</span>
          <span className="text-muted-foreground"> by </span>
          {provider === null ? (
            <span className="text-muted-foreground">the web researcher</span>
          ) : (
            <Link to={`/settings/integrations/${provider}`} className="rounded-sm hover:underline">
              {providerName}
            </Link>
          )}
        </span>
        <span className="text-muted-foreground tabular-nums">
          {isEmpty
            ? "Nothing to do"
            : `${formatNumber(done)} of ${formatNumber(total)} · ${formatPercent(done, total)}`}
        </span>
      </p>
      {!isEmpty && (
        <>
          <div
            role="progressbar"
            aria-label={STAGE_LABEL[stage]}
            aria-valuemin={0}
            aria-valuemax={Math.max(total, 1)}
            aria-valuenow={done}
            aria-valuetext={`${formatNumber(done)} of ${formatNumber(total)}`}
            className="flex h-2 overflow-hidden rounded-full bg-accent"
          >
            {states.map(({ count, look, name }) => (
              <span
                key={name}
                className={`h-full transition-[width] duration-500 ${look}`}
                style={{ width: share(count, total) }}
              />
            ))}
          </div>
          <p className="text-muted-foreground text-xs tabular-nums">
            {states.length === 0
              ? "Nothing yet"
              : states.map(({ count, name }) => `${formatNumber(count)} ${name}`).join(" · ")}
            {heldUntil !== null && queued > 0 && <NextTry at={heldUntil} />}
          </p>
        </>
      )}
    </div>
  );
}

/** Counts down to when the integration is sent to again. */
function NextTry({ at }: { at: number }) {
  const left = Math.ceil((at - useNow(1_000)) / 1_000);
  return (
    left > 0 && <span className="text-warning-text"> · on hold, next try in {formatDuration(left)}</span>
  );
}
