import type { CompanyFilter, ContactFilter, RowList } from "@contracts";
import type { ActionScope } from "@/components/data-table/list-actions";
import { RequestError } from "@/lib/errors";
import { callFunction } from "@/lib/functions";

/** What is exported: a list as it is shown, or what of it is selected. */
export interface ExportRequest extends ActionScope<CompanyFilter | ContactFilter> {
  campaignId: string;
  kind: RowList;
}

/**
 * The list as a CSV file with every column.
 * @param onBytes told how many bytes have arrived in all
 * @throws RequestError with the code `too_many_rows` when the list is too long for a direct download
 */
export async function downloadExport(
  { campaignId, kind, filter, sort, direction }: ExportRequest,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const response = await callFunction(
    "export",
    { kind, filter, sort, direction, campaign_id: campaignId },
    signal,
  );
  if (!response.body)
    throw new RequestError("The export has no content.", { status: response.status, code: "" });
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    onBytes(bytes);
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}
