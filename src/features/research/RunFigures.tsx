import type { Progress } from "@contracts";
import { formatAmount, formatDuration, formatNumber } from "@/lib/format";
import { isAboutContacts, isOnlyAboutContacts } from "./plan";
import { runTotals } from "./totals";
import { useEta } from "./use-eta";

interface FigureProps {
  label: string;
  value: string;
}

function Figure({ label, value }: FigureProps) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="font-semibold text-lg tabular-nums">{value}</dd>
    </div>
  );
}

/** What a run is in numbers: its size, failures, pace, time left, and its cost where somebody is paid. */
export function RunFigures({ progress, updatedAt }: { progress: Progress; updatedAt: number }) {
  const { run, spent, providers } = progress;
  const eta = useEta(progress.eta_seconds, updatedAt);
  const { failed } = runTotals(progress);
  const running = run.status === "running";
  const isPaid = spent > 0 || Object.values(providers).some((provider) => provider !== null);
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-4">
      {!isOnlyAboutContacts(run.stages) && (
        <Figure label="Companies" value={formatNumber(progress.companies_total)} />
      )}
      {run.stages.some(isAboutContacts) && (
        <Figure label="Contacts" value={formatNumber(progress.contacts_total)} />
      )}
      <Figure label="Failed" value={formatNumber(failed)} />
      <Figure label="Jobs a minute" value={running ? formatNumber(progress.rate_per_minute) : "–"} />
      <Figure label="Time left" value={running && eta !== null ? formatDuration(eta) : "–"} />
      {run.jobs_from_cache > 0 && (
        <Figure label="Known already, for nothing" value={formatNumber(run.jobs_from_cache)} />
      )}
      {isPaid && (
        <Figure
          label={run.spend_cap === null ? "Spent" : `Spent, of ${formatAmount(run.spend_cap)} at most`}
          value={formatAmount(spent)}
        />
      )}
    </dl>
  );
}
