import { PageHeader } from "@/components/ui/page-header";
import { AllCompanies } from "@/features/companies/CompaniesPage";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { campaignCell, campaignLink } from "./listed-campaign";

/** The companies of the workspace. */
export default function AllCompaniesRoute() {
  const workspaceId = useCurrentWorkspace()?.id;
  return (
    <>
      <PageHeader title="All companies" />
      {workspaceId && (
        <AllCompanies workspaceId={workspaceId} campaignCell={campaignCell} campaignLink={campaignLink} />
      )}
    </>
  );
}
