import type { Progress } from "@contracts";
import { formatCount, formatNumber } from "@/lib/format";
import { runTotals } from "./totals";

/** What becomes of a run's jobs when it is cancelled, and what keeps those that are left. */
export function cancelText(progress: Progress): string {
  const { left, underWay } = runTotals(progress);
  const isPaid = Object.values(progress.providers).some((provider) => provider !== null);
  return [
    "What was found so far is kept.",
    ...(left > 0 ? [`${formatCount(left, "job")} will not be sent.`] : []),
    ...(underWay > 0 ? [underWayText(underWay, isPaid)] : []),
    ...(left > 0 ? [insteadText(progress.run.status === "paused", underWay)] : []),
  ].join(" ");
}

function underWayText(count: number, isPaid: boolean): string {
  return count === 1
    ? `1 is being worked on right now: its result is still taken${isPaid ? ", and it is paid" : ""}.`
    : `${formatNumber(count)} are being worked on right now: their results are still taken${isPaid ? ", and they are paid" : ""}.`;
}

function insteadText(isPaused: boolean, underWay: number): string {
  if (isPaused) return "Left paused, the run keeps the rest for later.";
  if (underWay === 0) return "Pause instead keeps them for later.";
  return `Pause instead lets ${underWay === 1 ? "it" : "them"} finish and keeps the rest for later.`;
}
