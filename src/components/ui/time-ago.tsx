import { formatDateTime, formatRelative } from "@/lib/format";
import { useMinute } from "@/lib/use-minute";

interface TimeAgoProps {
  /** An ISO timestamp. */
  at: string;
  /** What stands before it: "Updated". */
  prefix?: string;
  /** On hover; the exact time when left out. */
  title?: string;
  className?: string;
}

/** How long ago, which goes on as time does. */
export function TimeAgo({ at, prefix, title = formatDateTime(at), className }: TimeAgoProps) {
  useMinute();
  return (
    <time dateTime={at} title={title} className={className}>
      {prefix !== undefined && `${prefix} `}
      {formatRelative(at)}
    </time>
  );
}
