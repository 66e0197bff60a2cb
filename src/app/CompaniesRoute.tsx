import { useParams } from "react-router-dom";
import { Button } from "@/components/ui/button";
import CompaniesPage from "@/features/companies/CompaniesPage";
import { openImportDialog } from "@/features/imports/import-dialog";

/** A campaign's companies with what other features do with them. */
export default function CompaniesRoute() {
  const { campaignId = "" } = useParams();
  return (
    <CompaniesPage
      campaignId={campaignId}
      emptyAction={
        <Button variant="primary" onClick={() => openImportDialog(campaignId)}>
          Import companies
        </Button>
      }
    />
  );
}
