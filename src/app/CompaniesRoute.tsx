import { useParams } from "react-router-dom";
import CompaniesPage from "@/features/companies/CompaniesPage";
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
          <StartResearchButton campaignId={campaignId} scope={{ filter: list.filter, total }} size="sm" />
          <ExportButton request={{ kind: "companies", campaignId, ...list }} total={total} size="sm" />
        </>
      )}
    />
  );
}
