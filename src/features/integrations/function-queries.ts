import { type IntegrationsRequest, saveSecretResult, sendTestResult } from "@contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "./ask";
import { type Integration, rereadIntegration } from "./queries";

type Request<Action> = Omit<Extract<IntegrationsRequest, { action: Action }>, "action" | "integration_id">;

/** Keeps a secret, has one made (`GENERATE`) or forgets it (null). Resolves to one that was made: it is told this once. */
export function useSaveSecret(integration: Integration) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (secret: Request<"save_secret">) =>
      saveSecretResult.parse(await ask({ action: "save_secret", integration_id: integration.id, ...secret })),
    onSettled: () => rereadIntegration(client, integration),
  });
}

/** Sends a made-up job and tells what came back and how it was understood; nothing of it is stored but the delivery. */
export function useSendTest(integration: Integration) {
  return useMutation({
    mutationFn: async (test: Request<"send_test">) =>
      sendTestResult.parse(await ask({ action: "send_test", integration_id: integration.id, ...test })),
  });
}
