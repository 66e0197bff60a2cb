import { type ValueKind, ValueView } from "@/components/record/value-view";
import { Badge } from "@/components/ui/badge";
import { TimeAgo } from "@/components/ui/time-ago";

/** Text on one line. */
export function TextCell({ text }: { text: string | null }) {
  return (
    <span className="truncate" {...(text !== null && { title: text })}>
      {text}
    </span>
  );
}

/** A link to open, mail or dial. */
export function ValueCell({ value, kind }: { value: string | null; kind: ValueKind }) {
  return value === null ? null : <ValueView value={value} kind={kind} tabIndex={-1} />;
}

/** How long ago; the exact time on hover. */
export function DateCell({ at }: { at: string | null }) {
  return at === null ? null : <TimeAgo at={at} className="truncate text-muted-foreground" />;
}

export function TagsCell({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={tags.join(", ")}>
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}
