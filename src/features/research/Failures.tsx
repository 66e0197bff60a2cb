import type { Progress } from "@contracts";
import { Card, CardHeader } from "@/components/ui/card";
import { formatNumber } from "@/lib/format";

/** Why jobs of a run failed, the most frequent reason first. */
export function Failures({ failures }: { failures: Progress["failures"] }) {
  if (failures.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <h3 className="font-semibold">Why some failed</h3>
      </CardHeader>
      <ul className="divide-y">
        {failures.map(({ error_code, error_message, count }) => (
          <li key={error_code} className="flex items-baseline gap-3 px-4 py-2 text-sm">
            <span className="w-12 shrink-0 text-right font-medium tabular-nums">{formatNumber(count)}</span>
            <span className="min-w-0 break-words">
              {count > 1 && <span className="text-muted-foreground">For example: </span>}
              {error_message ?? "No reason was given."}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
