import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useParams } from "react-router-dom";
import { BulkActions } from "@/features/bulk/BulkActions";
import { campaignOptions } from "@/features/campaigns/queries";
import CompaniesPage from "@/features/companies/CompaniesPage";
import { companies } from "@/features/companies/queries";
import { ExportButton } from "@/features/exports/ExportButton";
import { StartResearchButton } from "@/features/research/StartResearchButton";
import { ViewsMenu } from "@/features/views/ViewsMenu";
import { OpenImportButton } from "./OpenImportButton";

/** What of the address means something in this campaign only. */
const LEFT_OUT = ["company", "import"];

const ArchivedCompanies = lazy(() => import("@/features/companies/ArchivedCompanies"));

/** A campaign's companies with what other features do with them. */
export default function CompaniesRoute() {
  const { campaignId = "" } = useParams();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  if (campaign?.state === "archived") {
    return (
      <Suspense>
        <ArchivedCompanies campaignId={campaignId} />
      </Suspense>
    );
  }
  return (
    <CompaniesPage
      campaignId={campaignId}
      views={<ViewsMenu list="companies" left={LEFT_OUT} />}
      emptyAction={<OpenImportButton campaignId={campaignId}>Import companies</OpenImportButton>}
      toolbarActions={(rows) => <ExportButton request={{ kind: "companies", campaignId, ...rows }} />}
      selectionActions={(rows) => (
        <>
          <BulkActions records={companies} chosen={{ campaignId, list: "companies", ...rows }} />
          <StartResearchButton campaignId={campaignId} scope={{ list: "companies", ...rows }} size="sm" />
          <ExportButton request={{ kind: "companies", campaignId, ...rows }} size="sm" />
        </>
      )}
    />
  );
}
