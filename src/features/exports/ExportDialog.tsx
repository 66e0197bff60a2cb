import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { RequestError } from "@/lib/errors";
import { formatBytes, formatCount } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { downloadExport, type ExportRequest } from "./download";
import { exportFileName } from "./file-name";

interface ExportDialogProps {
  request: ExportRequest;
  /** How many rows that is, null when not known. */
  total: number | null;
  onClose: () => void;
}

function rowsText({ kind, filter }: ExportRequest, total: number | null): string {
  const [one, many] = kind === "companies" ? ["company", "companies"] : ["contact", "contacts"];
  const count = total === null ? `The ${many}` : formatCount(total, one, many);
  if (filter.ids) return `${count} you selected`;
  return Object.keys(filter).length > 0
    ? `${count} that match the search and filters`
    : `${count} of this campaign`;
}

/** Downloads the list that is shown as CSV. */
export default function ExportDialog({ request, total, onClose }: ExportDialogProps) {
  const { data: campaign } = useQuery(campaignOptions(request.campaignId));
  const [bytes, setBytes] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      setBytes(0);
      return downloadExport(request, setBytes, abort.current.signal);
    },
    onSuccess: (file) => {
      const name = exportFileName(campaign?.name, request.kind, new Date());
      saveFile(file, name);
      toastSuccess({ title: "The export is downloaded", description: `${name}, ${formatBytes(file.size)}` });
      onClose();
    },
  });
  const { error } = download;
  const tooMany = error instanceof RequestError && error.code === "too_many_rows" ? error.message : null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Export ${request.kind}`}
        description={`${rowsText(request, total)}, in the order shown, as a CSV file with all columns, also those of your imports.`}
      >
        {download.isPending && (
          <p role="status" className="text-muted-foreground text-sm tabular-nums">
            {bytes === 0 ? "Preparing the file…" : `${formatBytes(bytes)} received`}
          </p>
        )}
        {tooMany !== null && (
          <Alert variant="warning" title="Too many rows for one download">
            {tooMany} Nothing was downloaded.
          </Alert>
        )}
        {tooMany === null && <ErrorAlert error={error} />}
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={download.isPending} onClick={() => download.mutate()}>
            Download CSV
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
