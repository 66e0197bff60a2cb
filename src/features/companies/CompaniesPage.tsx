import { COMPANY_SORTS, type CompanyFilter, WORKSPACE_SORTS } from "@contracts";
import { Building2 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { sortedOnlyBy } from "@/components/data-table/column";
import type { ListSlots } from "@/components/data-table/list-actions";
import { EmptyState } from "@/components/ui/empty-state";
import { useOwners } from "@/features/members/queries";
import { CompaniesList } from "./CompaniesList";
import { columnsWithOwner } from "./columns";

interface CompaniesPageProps extends ListSlots<CompanyFilter> {
  campaignId: string;
  /** What an empty campaign offers as the next step: the import. */
  emptyAction?: ReactNode;
}

/** A campaign's companies: searched, filtered, sorted and followed live; a row opens its panel. */
export default function CompaniesPage({ campaignId, emptyAction, ...slots }: CompaniesPageProps) {
  const owners = useOwners();
  const columns = useMemo(() => columnsWithOwner(owners), [owners]);
  return (
    <CompaniesList
      // Another campaign is another page: nothing of the one before is shown meanwhile.
      key={campaignId}
      list="companies"
      scope={{ campaign_id: campaignId }}
      columns={columns}
      owners={owners}
      sorts={COMPANY_SORTS}
      slots={slots}
      empty={
        <EmptyState
          icon={Building2}
          title="No companies yet"
          message="Import a CSV file of companies; a name or a website each is enough. Research fills in the rest."
          action={emptyAction}
        />
      }
    />
  );
}

interface AllCompaniesProps {
  workspaceId: string;
  /** Draws a campaign's name in a cell, which is no place that Tab goes to. */
  campaignCell: (campaignId: string) => ReactNode;
  /** A link to a campaign. */
  campaignLink: (campaignId: string) => ReactNode;
}

/** The companies of all campaigns of a workspace. */
export function AllCompanies({ workspaceId, campaignCell, campaignLink }: AllCompaniesProps) {
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
    <CompaniesList
      key={workspaceId}
      list="all-companies"
      scope={{ workspace_id: workspaceId }}
      columns={columns}
      owners={owners}
      campaign={campaignLink}
      sorts={WORKSPACE_SORTS}
      empty={
        <EmptyState
          icon={Building2}
          title="No companies yet"
          message="The companies of every campaign are listed here once one has some."
        />
      }
    />
  );
}
