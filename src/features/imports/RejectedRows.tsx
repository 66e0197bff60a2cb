import type { RejectedRow } from "@contracts";
import { formatNumber } from "@/lib/format";

interface RejectedRowsProps {
  /** The first of them. */
  rows: readonly RejectedRow[];
  total: number;
  /** Lines of the file above its first row. */
  headerRows: number;
}

const preview = (raw: readonly string[]) => {
  const text = raw.filter((cell) => cell.trim() !== "").join(" · ");
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

/** Rows that do not fit, each with its line of the file and the reason. */
export function RejectedRows({ rows, total, headerRows }: RejectedRowsProps) {
  return (
    <div className="max-h-[38vh] overflow-y-auto rounded-md border">
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-muted text-muted-foreground text-xs">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Line
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Why it does not fit
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map(({ row, reason, raw }) => (
            <tr key={row} className="align-top">
              <td className="px-3 py-1.5 text-muted-foreground tabular-nums">
                {formatNumber(row + headerRows)}
              </td>
              <td className="w-full max-w-0 px-3 py-1.5">
                <p className="break-words">{reason}</p>
                <p className="truncate text-muted-foreground text-xs">{preview(raw)}</p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < total && (
        <p className="border-t px-3 py-1.5 text-muted-foreground text-xs">
          The first {formatNumber(rows.length)} of {formatNumber(total)}. The download has all of them.
        </p>
      )}
    </div>
  );
}
