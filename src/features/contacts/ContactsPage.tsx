import { CONTACT_SORTS, type ContactFilter, WORKSPACE_SORTS } from "@contracts";
import { Users } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { sortedOnlyBy } from "@/components/data-table/column";
import type { ListSlots } from "@/components/data-table/list-actions";
import { EmptyState } from "@/components/ui/empty-state";
import { useOwners } from "@/features/members/queries";
import { ContactsList } from "./ContactsList";
import { columnsWithOwner } from "./columns";

interface ContactsPageProps extends ListSlots<ContactFilter> {
  campaignId: string;
  /** What a campaign without contacts offers as the next step: research, or the import. */
  emptyAction?: ReactNode;
}

/** A campaign's contacts: searched, filtered, sorted and followed live; a row opens its panel. */
export default function ContactsPage({ campaignId, emptyAction, ...slots }: ContactsPageProps) {
  const owners = useOwners();
  const columns = useMemo(() => columnsWithOwner(owners), [owners]);
  return (
    <ContactsList
      // Another campaign is another page: nothing of the one before is shown meanwhile.
      key={campaignId}
      list="contacts"
      scope={{ campaign_id: campaignId }}
      columns={columns}
      owners={owners}
      sorts={CONTACT_SORTS}
      slots={slots}
      empty={
        <EmptyState
          icon={Users}
          title="No contacts yet"
          message="Research the campaign's companies to find their people, or import a CSV file of contacts."
          action={emptyAction}
        />
      }
    />
  );
}

interface AllContactsProps {
  workspaceId: string;
  /** Draws a campaign's name in a cell, which is no place that Tab goes to. */
  campaignCell: (campaignId: string) => ReactNode;
  /** A link to a campaign. */
  campaignLink: (campaignId: string) => ReactNode;
}

/** The contacts of all campaigns of a workspace. */
export function AllContacts({ workspaceId, campaignCell, campaignLink }: AllContactsProps) {
  const owners = useOwners();
  const columns = useMemo(() => {
    const [name, ...others] = sortedOnlyBy(columnsWithOwner(owners), WORKSPACE_SORTS);
    const ofCampaign = {
      id: "campaign",
      header: "Campaign",
      width: 190,
      cell: (row: { campaign_id: string }) => campaignCell(row.campaign_id),
    };
    return name ? [name, ofCampaign, ...others] : [];
  }, [owners, campaignCell]);
  return (
    <ContactsList
      key={workspaceId}
      list="all-contacts"
      scope={{ workspace_id: workspaceId }}
      columns={columns}
      owners={owners}
      campaign={campaignLink}
      sorts={WORKSPACE_SORTS}
      empty={
        <EmptyState
          icon={Users}
          title="No contacts yet"
          message="The contacts of every campaign are listed here once one has some."
        />
      }
    />
  );
}
