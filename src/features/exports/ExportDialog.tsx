import { EXPORT_LIMIT } from "@contracts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useSettled } from "@/components/data-table/settled";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { RequestError } from "@/lib/errors";
import { formatBytes, formatCount, formatNumber } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { downloadExport, type ExportRequest } from "./download";
import { exportFileName } from "./file-name";

interface ExportDialogProps {
  request: ExportRequest;
  onClose: () => void;
}

/** There were more by the time of the download. */
function isTooMany(error: unknown): boolean {
  return error instanceof RequestError && error.code === "too_many_rows";
}

/** Which rows, in words: how many they are by now, and what the list that is shown chose them by. */
function rowsText({ kind, filter }: ExportRequest, total: number | null): string {
  const [one, many] = kind === "companies" ? ["company", "companies"] : ["contact", "contacts"];
  const count = total === null ? `The ${many}` : formatCount(total, one, many);
  if (filter.ids) return `${count} you selected`;
  return Object.keys(filter).length > 0
    ? `${count} that match the search and filters, in the order shown,`
    : `${count} of this campaign, in the order shown,`;
}

/** Downloads the list that is shown as CSV. */
export default function ExportDialog({ request, onClose }: ExportDialogProps) {
  const { data: campaign } = useQuery(campaignOptions(request.campaignId));
  const settled = useSettled(request);
  const [bytes, setBytes] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      setBytes(0);
      return downloadExport(settled.rows, setBytes, abort.current.signal);
    },
    onSuccess: (file) => {
      const name = exportFileName(campaign?.name, request.kind, new Date());
      saveFile(file, name);
      toastSuccess({ title: "The export is downloaded", description: `${name}, ${formatBytes(file.size)}` });
      onClose();
    },
  });
  const error = settled.error ?? download.error;
  const { total } = settled.rows;
  // What was not counted to its end is more than can be downloaded.
  const tooMany = (settled.ready && (total === null || total > EXPORT_LIMIT)) || isTooMany(error);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Export ${request.kind}`}
        description={`${rowsText(request, total)} as a CSV file with all columns, also those of your imports.`}
      >
        {download.isPending && (
          <p role="status" className="text-muted-foreground text-sm tabular-nums">
            {bytes === 0 ? "Preparing the file…" : `${formatBytes(bytes)} received`}
          </p>
        )}
        {tooMany ? (
          <Alert variant="warning" title="Too many rows for one download">
            One file holds up to {formatNumber(EXPORT_LIMIT)} rows. Narrow the list with filters, and export
            it in parts.
          </Alert>
        ) : (
          <ErrorAlert error={error} />
        )}
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={download.isPending}
            disabled={!settled.ready || tooMany}
            onClick={() => download.mutate()}
          >
            Download CSV
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
