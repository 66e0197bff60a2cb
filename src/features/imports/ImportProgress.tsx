import { Download } from "lucide-react";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toastError } from "@/components/ui/toast";
import { describeError, isNetworkError } from "@/lib/errors";
import { formatCount, formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { downloadRejectedRows } from "./download-rejected";
import { continueImport, pauseImport, type RunningImport } from "./sending/running-imports";
import { statusTones } from "./status-tones";

const kindNames = { companies: ["company", "companies"], contacts: ["contact", "contacts"] } as const;

function Counts({ running }: { running: RunningImport }) {
  const [one, many] = kindNames[running.file.kind];
  const counts = [
    { label: `New ${many}`, count: running.created },
    { label: "Updated", count: running.updated },
    { label: "Already there", count: running.duplicates },
    { label: "Rejected", count: running.rejected },
  ];
  return (
    <dl className="grid grid-cols-4 gap-2 max-sm:grid-cols-2" aria-label={`What became of each ${one}`}>
      {counts.map(({ label, count }) => (
        <div key={label} className="flex flex-col-reverse rounded-md border px-3 py-2">
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className="font-semibold text-lg tabular-nums">{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What interrupts an import, what is saved, and what happens next. */
function Interruption({ running }: { running: RunningImport }) {
  const saved = `${formatCount(running.processed, "row")} ${running.processed === 1 ? "is" : "are"} saved`;
  if (running.status === "retrying") {
    const title = isNetworkError(running.error)
      ? "Connection lost – retrying"
      : "The server had a problem – retrying";
    return <Alert variant="warning" title={`${title}; ${saved}`} />;
  }
  if (running.status === "paused") return <Alert title={`Paused; ${saved}`} />;
  if (running.status !== "stopped") return null;
  const { title, message } = describeError(running.error);
  return (
    <Alert variant="destructive" title={`${title}; ${saved}`}>
      {isNetworkError(running.error) ? "Check your connection, then continue with the rest." : message}
    </Alert>
  );
}

function Speed({ running }: { running: RunningImport }) {
  const { rowsPerSecond, processed, file } = running;
  if (running.status !== "sending" || !rowsPerSecond)
    return <span>{formatPercent(processed, file.totalRows)}</span>;
  const left = formatDuration((file.totalRows - processed) / rowsPerSecond);
  return (
    <span>
      {formatNumber(rowsPerSecond)} rows/s · {left} left
    </span>
  );
}

/** Downloads the rows of an import that were rejected, in the browser or by the server. */
export function RejectedDownload({ job, count }: { job: RunningImport["job"]; count: number }) {
  const [pending, setPending] = useState(false);
  if (job === null || count === 0) return null;
  const download = async () => {
    setPending(true);
    await downloadRejectedRows(job).catch(toastError);
    setPending(false);
  };
  return (
    <Button size="sm" pending={pending} onClick={() => void download()}>
      <Download />
      {formatCount(count, "rejected row")}
    </Button>
  );
}

/** One import of this tab: how far it is, what became of the rows, and the way to pause and continue. */
export function ImportProgress({ running }: { running: RunningImport }) {
  const { key, file, status, processed } = running;
  const rows = `${formatNumber(processed)} of ${formatCount(file.totalRows, "row")}`;
  return (
    <div className="flex flex-col gap-3">
      {status !== "completed" && (
        <div className="flex flex-col gap-1.5">
          <Progress
            value={processed}
            max={Math.max(file.totalRows, 1)}
            label={`Importing ${file.fileName}`}
            valueText={rows}
            tone={statusTones[status]}
          />
          <p className="flex justify-between gap-3 text-muted-foreground text-sm tabular-nums">
            <span>{rows}</span>
            <Speed running={running} />
          </p>
        </div>
      )}
      <Interruption running={running} />
      <Counts running={running} />
      <div className="flex flex-wrap gap-2 empty:hidden">
        {(status === "sending" || status === "retrying") && (
          <Button size="sm" onClick={() => pauseImport(key)}>
            Pause
          </Button>
        )}
        {(status === "paused" || status === "stopped") && (
          <Button size="sm" variant="primary" onClick={() => continueImport(key)}>
            Continue
          </Button>
        )}
        {status === "completed" && <RejectedDownload job={running.job} count={running.rejected} />}
      </div>
    </div>
  );
}
