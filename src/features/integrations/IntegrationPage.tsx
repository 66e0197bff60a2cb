import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Plug } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router-dom";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { BackLink } from "./BackLink";
import { CallbackCard } from "./CallbackCard";
import { DeleteCard } from "./DeleteCard";
import { KINDS } from "./kinds";
import { useLiveIntegrations } from "./live";
import { type Integration, integrationsOptions } from "./queries";
import { SecretsCard } from "./SecretsCard";
import { SettingsCard } from "./SettingsCard";
import { TestCard } from "./TestCard";
import { WHO_MANAGES } from "./words";

/** One integration: its settings, secrets, test, where results come in, and its end. */
export default function IntegrationPage() {
  const workspace = useCurrentWorkspace();
  const { integrationId = "" } = useParams();
  return (
    <>
      <BackLink />
      {workspace && <Found key={integrationId} workspace={workspace} id={integrationId} />}
    </>
  );
}

function Found({ workspace, id }: { workspace: Workspace; id: string }) {
  const query = useQuery(integrationsOptions(workspace.id));
  useLiveIntegrations(workspace.id);
  if (query.isPending) return <Skeleton className="h-96" />;
  if (query.data === undefined) {
    return (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
    );
  }
  const integration = query.data.find((one) => one.id === id);
  if (integration === undefined || integration.deleted_at !== null) {
    return (
      <EmptyState
        icon={Plug}
        title={integration ? `${integration.name} was deleted` : "This integration does not exist"}
        message="What it found is kept. Its deliveries can be read for 30 days."
        action={
          <Link to="/settings/integrations/deliveries" className={buttonVariants()}>
            Deliveries
          </Link>
        }
      />
    );
  }
  return <Parts integration={integration} mayManage={can(workspace.role, "manageIntegrations")} />;
}

function Parts({ integration, mayManage }: { integration: Integration; mayManage: boolean }) {
  const [unsaved, setUnsaved] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 truncate font-semibold text-lg">{integration.name}</h2>
        <Badge>{KINDS[integration.kind].label}</Badge>
        <Link
          to={`/settings/integrations/deliveries?integration=${integration.id}`}
          className={`${buttonVariants({ size: "sm" })} ml-auto`}
        >
          <ArrowLeftRight /> Its deliveries
        </Link>
      </div>
      {!mayManage && <Alert title="You can look, not change">{WHO_MANAGES}</Alert>}
      <SettingsCard integration={integration} mayManage={mayManage} onUnsaved={setUnsaved} />
      <SecretsCard integration={integration} mayManage={mayManage} />
      <CallbackCard integration={integration} />
      {mayManage && (
        <>
          {/* What came of a test is about the address it went to. */}
          <TestCard key={integration.url} integration={integration} unsaved={unsaved} />
          <DeleteCard integration={integration} />
        </>
      )}
    </>
  );
}
