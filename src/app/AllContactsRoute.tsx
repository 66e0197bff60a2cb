import { PageHeader } from "@/components/ui/page-header";
import { AllContacts } from "@/features/contacts/ContactsPage";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { campaignCell, campaignLink } from "./listed-campaign";

/** The contacts of the workspace. */
export default function AllContactsRoute() {
  const workspaceId = useCurrentWorkspace()?.id;
  return (
    <>
      <PageHeader title="All contacts" />
      {workspaceId && (
        <AllContacts workspaceId={workspaceId} campaignCell={campaignCell} campaignLink={campaignLink} />
      )}
    </>
  );
}
