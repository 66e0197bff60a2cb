import { useParams } from "react-router-dom";
import ContactsPage from "@/features/contacts/ContactsPage";
import { ExportButton } from "@/features/exports/ExportButton";
import { OpenImportButton } from "./OpenImportButton";

/** A campaign's contacts with what other features do with them. */
export default function ContactsRoute() {
  const { campaignId = "" } = useParams();
  return (
    <ContactsPage
      campaignId={campaignId}
      emptyAction={<OpenImportButton campaignId={campaignId}>Import contacts</OpenImportButton>}
      toolbarActions={({ total, ...list }) => (
        <ExportButton request={{ kind: "contacts", campaignId, ...list }} total={total} />
      )}
      selectionActions={({ total, ...list }) => (
        <ExportButton request={{ kind: "contacts", campaignId, ...list }} total={total} size="sm" />
      )}
    />
  );
}
