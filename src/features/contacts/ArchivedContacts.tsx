import type { ContactRow } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { ReadOnlyList } from "@/components/data-table/read-only-list";
import { CustomColumns } from "@/components/record/custom-columns";
import { RecordPanel } from "@/components/record/record-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/lib/url-state";
import { archivedContactOptions, readArchivedContacts } from "./archived";
import { ContactDetails } from "./ContactDetails";
import { ContactSummary } from "./ContactPanel";
import { contactColumns } from "./columns";
import { contactsParams } from "./filter";
import { contactKeys } from "./keys";

const noun = { one: "contact", many: "contacts" };
const nameOf = (row: ContactRow) => row.name;

/** The contacts of an archived campaign, to be read: a row opens its panel. */
export default function ArchivedContacts({ campaignId }: { campaignId: string }) {
  const [{ contact: openId }, setState] = useUrlState(contactsParams);
  const query = useQuery({ ...archivedContactOptions(campaignId, openId), enabled: openId !== "" });
  return (
    <>
      <ReadOnlyList
        key={campaignId}
        list="contacts"
        noun={noun}
        columns={contactColumns}
        rowName={nameOf}
        queryKey={contactKeys.archived(campaignId)}
        fetchPage={(cursor, signal) => readArchivedContacts(campaignId, cursor, signal)}
        openId={openId || null}
        onOpen={({ id }) => setState({ contact: id }, { push: true })}
        empty={
          <EmptyState
            icon={Users}
            title="No contacts"
            message="This campaign had none when it was archived."
          />
        }
      />
      <RecordPanel
        noun="Contact"
        open={openId !== ""}
        onClose={() => setState({ contact: "" })}
        query={query}
        summary={(contact) => <ContactSummary contact={contact} />}
      >
        {(contact) => (
          <>
            <ContactDetails contact={contact} readOnly />
            <CustomColumns columns={contact.custom} />
          </>
        )}
      </RecordPanel>
    </>
  );
}
