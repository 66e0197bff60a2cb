import { MAX_TAG_LENGTH } from "@contracts";
import { X } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { confirms } from "@/components/ui/confirms";
import { Input } from "@/components/ui/input";

interface TagsFieldProps {
  tags: readonly string[];
  /** Left out where the user may not edit. */
  onSave?: ((tags: string[]) => void) | undefined;
}

/** A record's tags: Enter or a comma adds one. */
export function TagsField({ tags, onSave }: TagsFieldProps) {
  const [text, setText] = useState("");
  const add = () => {
    const tag = text.trim();
    setText("");
    if (tag !== "" && !tags.includes(tag)) onSave?.([...tags, tag]);
  };
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 py-1.5">
      <span className="pt-0.5 text-muted-foreground text-sm">Tags</span>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">
        {tags.map((tag) => (
          <Badge key={tag} className="max-w-full pr-0.5">
            <span className="truncate">{tag}</span>
            {onSave && (
              <button
                type="button"
                aria-label={`Remove tag ${tag}`}
                className="flex size-4 items-center justify-center rounded-sm hover:bg-accent hover:text-foreground"
                onClick={() => onSave(tags.filter((other) => other !== tag))}
              >
                <X aria-hidden />
              </button>
            )}
          </Badge>
        ))}
        {onSave ? (
          <Input
            aria-label="Add a tag"
            placeholder="Add a tag"
            className="h-7 w-28 px-1.5 text-xs"
            maxLength={MAX_TAG_LENGTH}
            value={text}
            onValueChange={setText}
            onBlur={add}
            onKeyDown={(event) => {
              if (!confirms(event) && event.key !== ",") return;
              event.preventDefault();
              add();
            }}
          />
        ) : (
          tags.length === 0 && <span className="text-muted-foreground text-sm">–</span>
        )}
      </div>
    </div>
  );
}
