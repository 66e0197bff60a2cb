import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

interface DropZoneProps {
  onFile: (file: File) => void;
  /** What the file is for, such as "Drop a CSV file of companies or contacts here". */
  title: string;
  hint?: string;
  pending?: boolean;
  className?: string;
}

/** Where a CSV file is dropped or chosen. */
export function DropZone({ onFile, title, hint, pending = false, className }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !pending) onFile(file);
  };
  return (
    <section
      aria-label={title}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed px-6 py-10 text-center transition-colors",
        over ? "border-ring bg-primary-subtle" : "border-input bg-card",
        className,
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp aria-hidden className="size-6 text-muted-foreground" />
      <div className="flex flex-col gap-0.5">
        <p className="font-medium">{title}</p>
        {hint && <p className="text-balance text-muted-foreground text-sm">{hint}</p>}
      </div>
      <Button pending={pending} onClick={() => input.current?.click()}>
        {pending ? "Reading…" : "Choose a file"}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        className="hidden"
        aria-label="CSV file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file chosen twice in a row is a choice both times.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </section>
  );
}
