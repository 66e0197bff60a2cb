import { useQuery } from "@tanstack/react-query";
import { Plug } from "lucide-react";
import { Link } from "react-router-dom";
import type { IntegrationSourceProps } from "@/components/record/integration-source";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { integrationsOptions } from "./queries";

/** The integration that a value came from, by its name; what is given instead if the workspace has none of that id. */
export default function IntegrationSource({ id, otherwise }: IntegrationSourceProps) {
  const workspaceId = useCurrentWorkspace()?.id;
  const { data, isLoading } = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
  });
  if (isLoading) return null;
  const integration = data?.find((one) => one.id === id);
  if (integration === undefined) return otherwise;
  return (
    <Link
      to={`/settings/integrations/${id}`}
      className="inline-flex min-h-6 min-w-0 max-w-full items-center gap-1 underline-offset-2 hover:text-foreground hover:underline"
    >
      <Plug aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{integration.name}</span>
      {integration.deleted_at !== null && <span className="shrink-0">(deleted)</span>}
      <span className="sr-only">(source)</span>
    </Link>
  );
}
