import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { CustomColumns } from "@/components/record/custom-columns";
import { RecordPanel } from "@/components/record/record-panel";
import { formatDate } from "@/lib/format";
import { ContactDetails } from "./ContactDetails";
import { sourceLabel } from "./columns";
import { useLiveContact } from "./live";
import { type Contact, contactOptions } from "./queries";

interface ContactPanelProps {
  campaignId: string;
  /** The contact shown, null while the panel is closed. */
  id: string | null;
  onClose: () => void;
}

/** Everything known about one contact, beside the list. */
export function ContactPanel({ campaignId, id, onClose }: ContactPanelProps) {
  const query = useQuery({ ...contactOptions(campaignId, id ?? ""), enabled: id !== null });
  return (
    <RecordPanel
      noun="Contact"
      open={id !== null}
      onClose={onClose}
      query={query}
      summary={(contact) => <ContactSummary contact={contact} />}
    >
      {(contact) => <ContactSections key={contact.id} campaignId={campaignId} contact={contact} />}
    </RecordPanel>
  );
}

function ContactSummary({ contact }: { contact: Contact }) {
  return (
    <span className="flex flex-wrap gap-x-1">
      {contact.title !== null && <span>{contact.title} at</span>}
      <span>
        <Link
          to={`/c/${contact.campaign_id}/companies?company=${contact.company_id}`}
          className="text-primary-text hover:underline"
        >
          {contact.company.name}
        </Link>{" "}
        ·
      </span>
      <span>
        {sourceLabel(contact.source).toLowerCase()} {formatDate(contact.created_at)}
      </span>
    </span>
  );
}

function ContactSections({ campaignId, contact }: { campaignId: string; contact: Contact }) {
  useLiveContact(campaignId, contact.id);
  return (
    <>
      <ContactDetails contact={contact} />
      <CustomColumns columns={contact.custom} />
    </>
  );
}
