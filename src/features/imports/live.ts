import { useLiveRecord } from "@/components/record/use-live-record";
import { importKeys } from "./queries";

/** Keeps the list of a campaign's imports current while it is shown. */
export function useLiveImports(campaignId: string): void {
  useLiveRecord(`campaign:${campaignId}`, ({ table }) => table === "import_jobs", [
    importKeys.list(campaignId),
  ]);
}
