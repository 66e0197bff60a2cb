import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Plug, Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router-dom";
import { EngineBanner } from "@/components/record/engine-banner";
import { Button, buttonVariants } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Lazily } from "@/components/ui/lazily";
import { Skeleton } from "@/components/ui/skeleton";
import { engineOptions } from "@/features/research/queries";
import { useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { AddIntegrationDialog } from "./AddIntegrationDialog";
import { IntegrationList } from "./IntegrationList";
import { useLiveIntegrations } from "./live";
import { integrationsOptions, inUse } from "./queries";
import { WHO_MANAGES } from "./words";

/** The services outside that do research for the workspace. */
export default function IntegrationsPage() {
  const workspace = useCurrentWorkspace();
  return workspace ? <Integrations key={workspace.id} workspace={workspace} /> : null;
}

function Integrations({ workspace }: { workspace: Workspace }) {
  const [adding, setAdding] = useState(false);
  const query = useQuery({ ...integrationsOptions(workspace.id), select: inUse });
  const { data: engine } = useQuery(engineOptions());
  useLiveIntegrations(workspace.id);
  const mayManage = can(workspace.role, "manageIntegrations");
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus /> Add integration
    </Button>
  );
  return (
    <>
      <EngineBanner engine={engine} />
      <Card aria-labelledby="integrations">
        <CardHeader className="flex-wrap items-center">
          <div className="flex min-w-0 flex-1 basis-52 flex-col">
            <CardTitle id="integrations">Integrations</CardTitle>
            <p className="text-muted-foreground text-xs">
              {mayManage ? "Services of yours that do a stage of research." : WHO_MANAGES}
            </p>
          </div>
          <Link to="deliveries" className={buttonVariants()}>
            <ArrowLeftRight /> Deliveries
          </Link>
          {mayManage && query.data && query.data.length > 0 && add}
        </CardHeader>
        {query.isPending ? (
          <div className="flex flex-col gap-3 p-4" aria-busy>
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
          </div>
        ) : query.data === undefined ? (
          <ErrorState
            error={query.error}
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
            className="py-8"
          />
        ) : query.data.length === 0 ? (
          <EmptyState
            icon={Plug}
            title="No integrations yet"
            message={`Research uses the built-in web researcher. With n8n, Clay or a webhook of yours it can ask other sources too. ${mayManage ? "" : WHO_MANAGES}`}
            action={mayManage && add}
            className="py-12"
          />
        ) : (
          <IntegrationList integrations={query.data} />
        )}
      </Card>
      <Lazily when={adding}>
        <AddIntegrationDialog workspaceId={workspace.id} open={adding} onOpenChange={setAdding} />
      </Lazily>
    </>
  );
}
