import { INTEGRATION_KINDS, type IntegrationKind } from "@contracts";
import { KINDS } from "./kinds";

interface KindChoiceProps {
  value: IntegrationKind;
  onChange: (kind: IntegrationKind) => void;
}

/** What kind of service it is, each with a line about it. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">Kind</legend>
      {INTEGRATION_KINDS.map((kind) => (
        <label
          key={kind}
          className="flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2 hover:bg-muted has-checked:border-primary has-checked:bg-primary-subtle has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name="integration-kind"
            className="mt-1 accent-primary"
            checked={kind === value}
            onChange={() => onChange(kind)}
          />
          <span className="flex flex-col">
            <span className="font-medium text-sm">{KINDS[kind].label}</span>
            <span className="text-muted-foreground text-xs">{KINDS[kind].hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
