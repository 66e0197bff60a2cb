import type { CompanyRow } from "@contracts";
import { Building2 } from "lucide-react";
import { ReadOnlyList } from "@/components/data-table/read-only-list";
import { EmptyState } from "@/components/ui/empty-state";
import { companyColumns } from "./columns";
import { companyKeys } from "./keys";
import { readArchivedCompanies } from "./queries";

const noun = { one: "company", many: "companies" };
const nameOf = (row: CompanyRow) => row.name;

/** The companies of an archived campaign, to be read. */
export default function ArchivedCompanies({ campaignId }: { campaignId: string }) {
  return (
    <ReadOnlyList
      key={campaignId}
      list="companies"
      noun={noun}
      columns={companyColumns}
      rowName={nameOf}
      queryKey={[...companyKeys.campaign(campaignId), "archived"]}
      fetchPage={(cursor, signal) => readArchivedCompanies(campaignId, cursor, signal)}
      empty={
        <EmptyState
          icon={Building2}
          title="No companies"
          message="This campaign had none when it was archived."
        />
      }
    />
  );
}
