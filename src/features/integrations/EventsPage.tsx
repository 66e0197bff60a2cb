import { Code } from "@/components/record/exchange";
import { Notes } from "@/components/record/notes";
import { Badge } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";
import { type Log, LogPage } from "./LogPage";
import { type EventEntry, eventLog, type FullEvent } from "./log-sources";
import { eventText } from "./log-words";

const EVENTS: Log<EventEntry, FullEvent> = {
  source: eventLog,
  title: "Received",
  hint: "Results that came to the callback address, kept for 30 days.",
  problemsLabel: "Only with results that were not used",
  empty: "Nothing was received yet. Results come here when a service answers later, by callback.",
  noun: { one: "message", many: "messages" },
  timeOf: ({ received_at }) => received_at,
  lineOf: (entry) => <span className="text-muted-foreground text-xs">{eventText(entry)}</span>,
  badgeOf: ({ ignored }) => (
    <Badge variant={ignored > 0 ? "warning" : "success"}>{ignored > 0 ? "Not all used" : "Used"}</Badge>
  ),
  describe: ({ received_at }) => `Received ${formatDateTime(received_at)}`,
  Body: EventBody,
};

/** What came in from integrations. */
export default function EventsPage() {
  return <LogPage log={EVENTS} />;
}

function EventBody({ full }: { full: FullEvent }) {
  return (
    <>
      <p className="text-sm">{eventText(full)}</p>
      <Notes notes={full.notes} />
      <Code label="Message" text={full.body} />
      <p className="break-all text-muted-foreground text-xs">Id of the message: {full.event_id}</p>
    </>
  );
}
