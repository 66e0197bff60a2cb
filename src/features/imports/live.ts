import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { paced } from "@/components/data-table/pace";
import { useChannel } from "@/lib/realtime";
import { importKeys } from "./queries";

/** A running import reports each chunk; the list need not be read again for every one. */
const REFRESH_EVERY = 1_000;

/** Keeps the list of a campaign's imports current while it is shown. */
export function useLiveImports(campaignId: string): void {
  const queryClient = useQueryClient();
  const refresh = useMemo(
    () =>
      paced(() => queryClient.invalidateQueries({ queryKey: importKeys.list(campaignId) }), REFRESH_EVERY),
    [queryClient, campaignId],
  );
  useEffect(() => () => refresh.dispose(), [refresh]);
  useChannel(
    `campaign:${campaignId}`,
    (changes) => {
      if (changes.some(({ table }) => table === "import_jobs")) refresh.request();
    },
    refresh.request,
  );
}
