import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { CustomColumns } from "@/components/record/custom-columns";
import { RecordPanel } from "@/components/record/record-panel";
import { formatDate } from "@/lib/format";
import { ContactDetails } from "./ContactDetails";
import { ContactJobs } from "./ContactJobs";
import { sourceLabel } from "./columns";
import { useLiveContact } from "./live";
import { type Contact, contactOptions } from "./queries";

interface ContactPanelProps {
  campaignId: string;
  /** The contact shown, null while the panel is closed. */
  id: string | null;
  onClose: () => void;
  /** Names the record's campaign and leads to it, where the list is of several. */
  campaign?: ((campaignId: string) => ReactNode) | undefined;
}

/** Everything known about one contact, beside the list. */
export function ContactPanel({ campaignId, id, onClose, campaign }: ContactPanelProps) {
  const query = useQuery({ ...contactOptions(campaignId, id ?? ""), enabled: id !== null });
  return (
    <RecordPanel
      noun="Contact"
      open={id !== null}
      onClose={onClose}
      query={query}
      summary={(contact) => <ContactSummary contact={contact} campaign={campaign?.(contact.campaign_id)} />}
    >
      {(contact) => <ContactSections key={contact.id} campaignId={campaignId} contact={contact} />}
    </RecordPanel>
  );
}

interface ContactSummaryProps {
  contact: Contact;
  /** The name of its campaign, where that is not clear. */
  campaign?: ReactNode;
}

/** One line about a contact. */
export function ContactSummary({ contact, campaign }: ContactSummaryProps) {
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
      {campaign && <span className="flex min-w-0 gap-1">in {campaign}</span>}
    </span>
  );
}

function ContactSections({ campaignId, contact }: { campaignId: string; contact: Contact }) {
  useLiveContact(campaignId, contact.id);
  return (
    <>
      <ContactDetails contact={contact} />
      <CustomColumns columns={contact.custom} />
      <ContactJobs campaignId={campaignId} contactId={contact.id} />
    </>
  );
}
