import { FileUp } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { openImportDialog, useImportDialog } from "./import-dialog";

/** Whether files are dragged, and not text or a link. */
const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Makes the whole window a place where a campaign's files are dropped. A file that misses a smaller drop zone would otherwise
 * replace the app in its tab.
 */
export function PageDropZone({ campaignId }: { campaignId: string }) {
  const [over, setOver] = useState(false);
  const importing = useImportDialog((state) => state.campaignId !== null);
  const take = useEffectEvent((file: File) => {
    if (!importing) openImportDialog(campaignId, file);
  });
  useEffect(() => {
    const dragOver = (event: DragEvent) => {
      // Over a drop zone of its own, the file goes there.
      setOver(carriesFiles(event) && !event.defaultPrevented);
      if (carriesFiles(event)) event.preventDefault();
    };
    const dragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    };
    addEventListener("dragover", dragOver);
    addEventListener("dragleave", dragLeave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", dragOver);
      removeEventListener("dragleave", dragLeave);
      removeEventListener("drop", drop);
    };
  }, []);
  if (!over || importing) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-xl border-2 border-ring border-dashed bg-overlay"
    >
      <p className="flex items-center gap-2 rounded-lg bg-popover px-4 py-3 font-medium text-sm shadow-popover">
        <FileUp className="size-4 text-muted-foreground" />
        Drop the CSV file to import it into this campaign
      </p>
    </div>
  );
}
