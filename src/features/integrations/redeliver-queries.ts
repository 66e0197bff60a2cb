import { redeliverResult } from "@contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "./ask";
import { integrationKeys, logKeys } from "./keys";

/** Sends the request of a delivery again; by the delivery's id. */
export function useRedeliver(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (deliveryId: number) =>
      redeliverResult.parse(await ask({ action: "redeliver", delivery_id: deliveryId })),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: logKeys.logs(workspaceId) }),
        client.invalidateQueries({ queryKey: integrationKeys.batches(workspaceId) }),
      ]),
  });
}
