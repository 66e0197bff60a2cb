import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useParams } from "react-router-dom";
import { BulkActions } from "@/features/bulk/BulkActions";
import { campaignOptions } from "@/features/campaigns/queries";
import ContactsPage from "@/features/contacts/ContactsPage";
import { contacts } from "@/features/contacts/queries";
import { ExportButton } from "@/features/exports/ExportButton";
import { StartResearchButton } from "@/features/research/StartResearchButton";
import { ViewsMenu } from "@/features/views/ViewsMenu";
import { OpenImportButton } from "./OpenImportButton";

/** What of the address means something in this campaign only. */
const LEFT_OUT = ["contact", "company", "import"];

const ArchivedContacts = lazy(() => import("@/features/contacts/ArchivedContacts"));

/** A campaign's contacts with what other features do with them. */
export default function ContactsRoute() {
  const { campaignId = "" } = useParams();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  if (campaign?.state === "archived") {
    return (
      <Suspense>
        <ArchivedContacts campaignId={campaignId} />
      </Suspense>
    );
  }
  return (
    <ContactsPage
      campaignId={campaignId}
      views={<ViewsMenu list="contacts" left={LEFT_OUT} />}
      emptyAction={<OpenImportButton campaignId={campaignId}>Import contacts</OpenImportButton>}
      toolbarActions={(rows) => <ExportButton request={{ kind: "contacts", campaignId, ...rows }} />}
      selectionActions={(rows) => (
        <>
          <BulkActions records={contacts} chosen={{ campaignId, list: "contacts", ...rows }} />
          <StartResearchButton campaignId={campaignId} scope={{ list: "contacts", ...rows }} size="sm" />
          <ExportButton request={{ kind: "contacts", campaignId, ...rows }} size="sm" />
        </>
      )}
    />
  );
}
