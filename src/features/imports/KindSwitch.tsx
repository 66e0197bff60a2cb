import type { ImportKind } from "@contracts";
import { cn } from "@/lib/cn";

const KINDS: { kind: ImportKind; label: string }[] = [
  { kind: "companies", label: "Companies" },
  { kind: "contacts", label: "Contacts" },
];

/** Whether each row of the file is a company or a person. */
export function KindSwitch({ kind, onKind }: { kind: ImportKind; onKind: (kind: ImportKind) => void }) {
  return (
    <fieldset className="flex items-center gap-2 text-sm">
      <legend className="float-left">The rows are</legend>
      <span className="inline-flex rounded-md border bg-muted p-0.5">
        {KINDS.map((choice) => (
          <label
            key={choice.kind}
            className={cn(
              "cursor-pointer rounded-sm px-2.5 py-0.5 font-medium has-focus-visible:outline-2 has-focus-visible:outline-ring",
              choice.kind === kind ? "bg-card shadow-xs" : "text-muted-foreground",
            )}
          >
            <input
              type="radio"
              name="import-kind"
              className="sr-only"
              checked={choice.kind === kind}
              onChange={() => onKind(choice.kind)}
            />
            {choice.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
