import { PageHeader } from "@/components/ui/page-header";
import { AllContacts } from "@/features/contacts/ContactsPage";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { listedCampaign } from "./listed-campaign";

/** The contacts of the workspace. */
export default function AllContactsRoute() {
  const workspaceId = useCurrentWorkspace()?.id;
  return (
    <>
      <PageHeader title="All contacts" />
      {workspaceId && <AllContacts workspaceId={workspaceId} campaign={listedCampaign} />}
    </>
  );
}
