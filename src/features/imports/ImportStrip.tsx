import { X } from "lucide-react";
import { Link, useLocation } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatNumber, formatPercent } from "@/lib/format";
import { useCampaignImports } from "./RunningImports";
import { dismissImport, isSending, type RunningImport } from "./sending/running-imports";
import { statusTones } from "./status-tones";

const words: Record<RunningImport["status"], string> = {
  sending: "Importing",
  retrying: "Connection lost – retrying",
  paused: "Import is paused",
  stopped: "Import has stopped",
  completed: "Imported",
};

function ImportLine({ running }: { running: RunningImport }) {
  const { file, status, processed } = running;
  const { totalRows, fileName } = file;
  return (
    <div className="flex items-center border-b bg-muted/60 pr-2 hover:bg-muted sm:pr-4">
      <Link
        to={`/c/${file.campaignId}/imports`}
        className="flex min-w-0 flex-1 items-center gap-3 px-4 py-1.5 text-sm sm:px-6"
      >
        <span role="status" className="shrink-0 font-medium">
          {words[status]}
        </span>
        <span className="min-w-0 truncate max-sm:hidden">{fileName}</span>
        <Progress
          value={processed}
          max={Math.max(totalRows, 1)}
          label={`Importing ${fileName}`}
          valueText={`${formatNumber(processed)} of ${formatNumber(totalRows)} rows`}
          tone={statusTones[status]}
          className="max-w-64"
        />
        <span className="shrink-0 text-muted-foreground tabular-nums">
          {formatPercent(processed, totalRows)}
        </span>
      </Link>
      {!isSending(running) && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Dismiss"
          onClick={() => dismissImport(running.key)}
        >
          <X className="text-muted-foreground" />
        </Button>
      )}
    </div>
  );
}

/** The imports of this tab into a campaign, each on a line of its other pages; nothing while there are none. */
export function ImportStrip({ campaignId }: { campaignId: string }) {
  const imports = useCampaignImports(campaignId);
  const { pathname } = useLocation();
  if (pathname.startsWith(`/c/${campaignId}/imports`)) return null;
  return imports.map((running) => <ImportLine key={running.key} running={running} />);
}
