import { useParams } from "react-router-dom";
import { BulkActions } from "@/features/bulk/BulkActions";
import CompaniesPage from "@/features/companies/CompaniesPage";
import { companies } from "@/features/companies/queries";
import { ExportButton } from "@/features/exports/ExportButton";
import { StartResearchButton } from "@/features/research/StartResearchButton";
import { OpenImportButton } from "./OpenImportButton";

/** A campaign's companies with what other features do with them. */
export default function CompaniesRoute() {
  const { campaignId = "" } = useParams();
  return (
    <CompaniesPage
      campaignId={campaignId}
      emptyAction={<OpenImportButton campaignId={campaignId}>Import companies</OpenImportButton>}
      toolbarActions={({ total, ...list }) => (
        <ExportButton request={{ kind: "companies", campaignId, ...list }} total={total} />
      )}
      selectionActions={({ total, ...list }) => (
        <>
          <BulkActions
            records={companies}
            chosen={{ campaignId, list: "companies", filter: list.filter, total }}
          />
          <StartResearchButton campaignId={campaignId} scope={{ filter: list.filter, total }} size="sm" />
          <ExportButton request={{ kind: "companies", campaignId, ...list }} total={total} size="sm" />
        </>
      )}
    />
  );
}
