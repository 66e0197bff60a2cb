import { type ReactNode, useId, useRef } from "react";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { LogFrame } from "./LogFrame";
import { LogList } from "./LogList";
import { LogSheet } from "./LogSheet";
import { useLog } from "./live";
import type { LogEntry, LogSource } from "./log-queries";
import { useLogState } from "./log-state";
import { useProviderName } from "./queries";

/** A log of what went to integrations or came from them: where its entries are, and how they are shown. */
export interface Log<Entry extends LogEntry, Full extends LogEntry> {
  source: LogSource<Entry, Full>;
  title: string;
  /** What the list is, in a line. */
  hint: string;
  /** What the box narrows to. */
  problemsLabel: string;
  /** What is said while there is nothing. */
  empty: string;
  /** What one entry is, and several are, in lower case. */
  noun: { one: string; many: string };
  /** When it was sent or received. */
  timeOf: (entry: Entry) => string;
  /** What stands behind the integration's name. */
  noteOf?: (entry: Entry) => string;
  /** The second line of an entry. */
  lineOf: (entry: Entry) => ReactNode;
  badgeOf: (entry: Entry) => ReactNode;
  /** When and how, below the name in the sheet. */
  describe: (full: Full) => string;
  Body: (props: { full: Full }) => ReactNode;
}

/** The page of a log: which entries are listed, the newest first, and the one that is open. */
export function LogPage<Entry extends LogEntry, Full extends LogEntry>({ log }: { log: Log<Entry, Full> }) {
  const workspace = useCurrentWorkspace();
  return workspace ? <Shown key={workspace.id} workspaceId={workspace.id} log={log} /> : null;
}

interface ShownProps<Entry extends LogEntry, Full extends LogEntry> {
  workspaceId: string;
  log: Log<Entry, Full>;
}

function Shown<Entry extends LogEntry, Full extends LogEntry>({ workspaceId, log }: ShownProps<Entry, Full>) {
  const { filter, setFilter, open, setOpen } = useLogState();
  const { query, newEntries, refresh } = useLog(log.source, workspaceId, filter);
  const nameOf = useProviderName(workspaceId);
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const showNewest = () => {
    if (box.current) box.current.scrollTop = 0;
    refresh();
  };
  const isNarrowed = filter.problems || filter.integrationId !== "";
  return (
    <LogFrame
      workspaceId={workspaceId}
      titleId={titleId}
      title={log.title}
      hint={log.hint}
      problemsLabel={log.problemsLabel}
      filter={filter}
      onFilter={setFilter}
      onRefresh={showNewest}
      refreshing={query.isRefetching}
    >
      <LogList
        log={log}
        query={query}
        newEntries={newEntries}
        onRefresh={showNewest}
        box={box}
        labelledBy={titleId}
        empty={isNarrowed ? "None of the last 30 days fits." : log.empty}
        nameOf={nameOf}
        onOpen={setOpen}
      />
      <LogSheet workspaceId={workspaceId} log={log} id={open} nameOf={nameOf} onClose={() => setOpen(null)} />
    </LogFrame>
  );
}
