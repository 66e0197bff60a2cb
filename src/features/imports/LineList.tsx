import { formatCount, formatNumber } from "@/lib/format";
import { groupText, type ReasonGroup } from "./reasons";

interface LineListProps {
  /** What is said about each line. */
  title: string;
  /** The first of them; `row` counts from the line after the header, `cells` are those of the file. */
  lines: readonly { row: number; text: string; cells?: readonly string[] }[];
  total: number;
  /** All of them by what they have in common. */
  groups: readonly ReasonGroup[];
  /** Lines of the file above its first row. */
  headerRows: number;
}

const preview = (cells: readonly string[]) => {
  const text = cells.filter((cell) => cell.trim() !== "").join(" · ");
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

/** With so few lines one sees at a glance what they have in common. */
const AT_A_GLANCE = 10;

/** Lines of a file, each with what is wrong with it. */
export function LineList({ title, lines, total, groups, headerRows }: LineListProps) {
  return (
    <div className="max-h-[32vh] shrink-0 overflow-y-auto rounded-md border">
      {total > AT_A_GLANCE && (
        <ul className="flex flex-col gap-1 border-b px-3 py-2 text-sm">
          {groups.slice(0, AT_A_GLANCE).map((group) => (
            <li key={group.example} className="break-words">
              {groupText(group)}
            </li>
          ))}
          {groups.length > AT_A_GLANCE && (
            <li className="text-muted-foreground">
              and {formatCount(groups.length - AT_A_GLANCE, "other reason")}
            </li>
          )}
        </ul>
      )}
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-muted text-muted-foreground text-xs">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Line
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {title}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {lines.map(({ row, text, cells }) => (
            <tr key={`${row} ${text}`} className="align-top">
              <td className="px-3 py-1.5 text-muted-foreground tabular-nums">
                {formatNumber(row + headerRows)}
              </td>
              <td className="w-full max-w-0 px-3 py-1.5">
                <p className="break-words">{text}</p>
                {cells && <p className="truncate text-muted-foreground text-xs">{preview(cells)}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length < total && (
        <p className="border-t px-3 py-1.5 text-muted-foreground text-xs">
          The first {formatNumber(lines.length)} of {formatNumber(total)}.
        </p>
      )}
    </div>
  );
}
