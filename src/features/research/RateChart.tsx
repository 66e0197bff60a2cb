import type { Progress } from "@contracts";
import { formatNumber } from "@/lib/format";
import { rateBars } from "./rate-bars";

const HEIGHT = 32;

/** Jobs that ended in the last ten minutes, a bar for ten seconds. */
export function RateChart({ rates, until }: { rates: Progress["rates"]; until: number }) {
  const bars = rateBars(rates, until);
  const highest = Math.max(...bars);
  if (highest === 0) return null;
  const path = bars
    .map((jobs, place) => `M${place} ${HEIGHT}v${(-jobs / highest) * HEIGHT}h0.8V${HEIGHT}z`)
    .join("");
  return (
    <figure className="flex flex-col gap-1">
      <svg
        viewBox={`0 0 ${bars.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-8 w-full text-primary"
        role="img"
        aria-label={`Jobs that ended in each ten seconds of the last ten minutes, at most ${formatNumber(highest)}`}
      >
        <path d={path} fill="currentColor" />
      </svg>
      <figcaption className="text-muted-foreground text-xs">
        The last ten minutes; at most {formatNumber(highest)} jobs in ten seconds
      </figcaption>
    </figure>
  );
}
