import { type IntegrationsRequest, previewSourceResult, type Source } from "@contracts";
import { useMutation } from "@tanstack/react-query";
import { callFunction } from "@/lib/functions";

/** Reads the first page of a source, and tells what is found there; nothing is stored. */
export function usePreviewSource(workspaceId: string) {
  return useMutation({
    mutationFn: async (source: Source) => {
      const request: IntegrationsRequest = { action: "preview_source", workspace_id: workspaceId, source };
      const response = await callFunction("integrations", request);
      return previewSourceResult.parse(await response.json());
    },
  });
}
