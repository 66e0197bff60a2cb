import type { Progress } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { integrationsOptions } from "@/features/integrations/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { costInAll, isCapReached } from "./cost-words";

/** How a run stands with its spending cap. */
export interface CapState {
  /** It keeps the run from sending. */
  isReached: boolean;
  /** What will be spent when all that is left, as far as it is known, is sent. */
  costInAll: number;
}

/** How a run stands with its spending cap; undefined while it has none, or what its jobs cost is not known. */
export function useCap(progress: Progress | undefined): CapState | undefined {
  const workspaceId = useCurrentWorkspace()?.id;
  const isCapped = progress !== undefined && progress.run.spend_cap !== null;
  const { data: integrations } = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined && isCapped,
  });
  if (!isCapped || !integrations) return;
  const costOf = (stage: Progress["run"]["stages"][number]) => {
    const provider = progress.providers[stage] ?? null;
    if (provider === null) return 0;
    return integrations.find(({ id }) => id === provider)?.cost_per_job ?? null;
  };
  return { isReached: isCapReached(progress, costOf), costInAll: costInAll(progress, costOf) };
}
