import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { useLiveRecord } from "@/components/record/use-live-record";
import { ValueView } from "@/components/record/value-view";
import { COMPANY_CONTACTS_LIMIT, companyContactsOptions } from "@/features/contacts/queries";

/** The people at a company; a name opens the contact. */
export function CompanyContacts({ campaignId, companyId }: { campaignId: string; companyId: string }) {
  const options = companyContactsOptions(campaignId, companyId);
  const query = useQuery(options);
  // Changes name contacts, not their companies: any change in the campaign may be one here.
  useLiveRecord(`campaign:${campaignId}`, ({ table }) => table === "contacts", [options.queryKey]);
  const contacts = query.data;
  return (
    <RecordSection title="Contacts" count={contacts?.length}>
      <SectionState query={query} empty="Nobody yet. Research the company or import contacts to fill this." />
      <ul className="flex flex-col">
        {contacts?.map((contact) => (
          <li
            key={contact.id}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-3 border-t py-1.5 text-sm first:border-t-0"
          >
            <span className="flex min-w-0 flex-col">
              <Link
                to={`/c/${campaignId}/contacts?contact=${contact.id}`}
                className="truncate font-medium hover:underline"
              >
                {contact.name}
              </Link>
              <span className="truncate text-muted-foreground text-xs">{contact.title}</span>
            </span>
            <span className="flex min-w-0 items-center justify-end">
              {contact.email !== null && <ValueView value={contact.email} kind="email" />}
            </span>
          </li>
        ))}
      </ul>
      {contacts?.length === COMPANY_CONTACTS_LIMIT && (
        <Link
          to={`/c/${campaignId}/contacts?company=${companyId}`}
          className="mt-2 inline-block text-primary-text text-sm hover:underline"
        >
          All contacts of this company
        </Link>
      )}
    </RecordSection>
  );
}
