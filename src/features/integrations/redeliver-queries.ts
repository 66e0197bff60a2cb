import { redeliverResult } from "@contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "./ask";
import { integrationKeys } from "./keys";

/** Sends the request of a delivery again, by the delivery's id. A log counts the new delivery among what has come since it was read. */
export function useRedeliver(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (deliveryId: number) =>
      redeliverResult.parse(await ask({ action: "redeliver", delivery_id: deliveryId })),
    onSettled: () => client.invalidateQueries({ queryKey: integrationKeys.batches(workspaceId) }),
  });
}
