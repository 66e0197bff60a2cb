import { useParams } from "react-router-dom";
import { Button } from "@/components/ui/button";
import ContactsPage from "@/features/contacts/ContactsPage";
import { openImportDialog } from "@/features/imports/import-dialog";

/** A campaign's contacts with what other features do with them. */
export default function ContactsRoute() {
  const { campaignId = "" } = useParams();
  return (
    <ContactsPage
      campaignId={campaignId}
      emptyAction={<Button onClick={() => openImportDialog(campaignId)}>Import contacts</Button>}
    />
  );
}
