import type { ContactRow } from "@contracts";
import { Users } from "lucide-react";
import { ReadOnlyList } from "@/components/data-table/read-only-list";
import { EmptyState } from "@/components/ui/empty-state";
import { contactColumns } from "./columns";
import { contactKeys } from "./keys";
import { readArchivedContacts } from "./queries";

const noun = { one: "contact", many: "contacts" };
const nameOf = (row: ContactRow) => row.name;

/** The contacts of an archived campaign, to be read. */
export default function ArchivedContacts({ campaignId }: { campaignId: string }) {
  return (
    <ReadOnlyList
      key={campaignId}
      list="contacts"
      noun={noun}
      columns={contactColumns}
      rowName={nameOf}
      queryKey={[...contactKeys.campaign(campaignId), "archived"]}
      fetchPage={(cursor, signal) => readArchivedContacts(campaignId, cursor, signal)}
      empty={
        <EmptyState icon={Users} title="No contacts" message="This campaign had none when it was archived." />
      }
    />
  );
}
