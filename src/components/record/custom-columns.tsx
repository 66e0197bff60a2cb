import { valueText } from "./provenance";
import { RecordSection } from "./record-section";

/** What an imported file or research said that has no field of its own. Nothing is drawn when there are none. */
export function CustomColumns({ columns }: { columns: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(columns);
  if (entries.length === 0) return null;
  return (
    <RecordSection title="Other columns" count={entries.length}>
      <dl>
        {entries.map(([header, value]) => (
          <div key={header} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 py-1 text-sm">
            <dt className="break-words text-muted-foreground">{header}</dt>
            <dd className="break-words">{valueText(value) || "–"}</dd>
          </div>
        ))}
      </dl>
    </RecordSection>
  );
}
