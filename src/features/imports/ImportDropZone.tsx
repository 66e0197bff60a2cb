import { DropZone } from "./DropZone";
import { openImportDialog } from "./import-dialog";

interface ImportDropZoneProps {
  campaignId: string;
  className?: string;
}

/** Where a campaign's files are dropped, for its empty lists. It opens the dialog of the page's `ImportButton`. */
export function ImportDropZone({ campaignId, className }: ImportDropZoneProps) {
  return (
    <DropZone
      title="Drop a CSV file of companies or contacts here"
      hint="Columns are matched for you, and you check every step before anything is saved."
      onFile={(file) => openImportDialog(campaignId, file)}
      {...(className !== undefined && { className })}
    />
  );
}
