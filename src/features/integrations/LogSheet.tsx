import { useQuery } from "@tanstack/react-query";
import { PanelBody } from "@/components/record/panel-body";
import { panelData } from "@/components/record/panel-data";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { useLast } from "@/lib/use-last";
import type { Log } from "./LogPage";
import { type LogEntry, logEntryOptions } from "./log-queries";

interface LogSheetProps<Entry extends LogEntry, Full extends LogEntry> {
  workspaceId: string;
  log: Log<Entry, Full>;
  /** The entry shown, null while the sheet is closed. */
  id: number | null;
  nameOf: (integrationId: string) => string;
  onClose: () => void;
}

/** One entry of a log with everything that is kept of it. */
export function LogSheet<Entry extends LogEntry, Full extends LogEntry>(props: LogSheetProps<Entry, Full>) {
  const { workspaceId, log, id, nameOf, onClose } = props;
  const shown = useLast(id);
  const query = useQuery({
    ...logEntryOptions(log.source, workspaceId, shown ?? 0),
    enabled: shown !== null,
  });
  const full = panelData(query);
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={full ? nameOf(full.integration_id) : log.title}
        description={full && log.describe(full)}
        className="sm:max-w-xl"
      >
        <PanelBody query={query} className="flex flex-col gap-3 px-5 py-4">
          {(entry) => <log.Body full={entry} />}
        </PanelBody>
      </SheetContent>
    </Sheet>
  );
}
