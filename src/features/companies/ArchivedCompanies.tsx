import type { CompanyRow } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { ReadOnlyList } from "@/components/data-table/read-only-list";
import { CustomColumns } from "@/components/record/custom-columns";
import { RecordPanel } from "@/components/record/record-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/lib/url-state";
import { archivedCompanyOptions, readArchivedCompanies } from "./archived";
import { CompanyDetails } from "./CompanyDetails";
import { CompanySummary } from "./CompanyPanel";
import { companyColumns } from "./columns";
import { companiesParams } from "./filter";
import { companyKeys } from "./keys";

const noun = { one: "company", many: "companies" };
const nameOf = (row: CompanyRow) => row.name;

/** The companies of an archived campaign, to be read: a row opens its panel. */
export default function ArchivedCompanies({ campaignId }: { campaignId: string }) {
  const [{ company: openId }, setState] = useUrlState(companiesParams);
  const query = useQuery({ ...archivedCompanyOptions(campaignId, openId), enabled: openId !== "" });
  return (
    <>
      <ReadOnlyList
        key={campaignId}
        list="companies"
        noun={noun}
        columns={companyColumns}
        rowName={nameOf}
        queryKey={companyKeys.archived(campaignId)}
        fetchPage={(cursor, signal) => readArchivedCompanies(campaignId, cursor, signal)}
        openId={openId || null}
        onOpen={({ id }) => setState({ company: id }, { push: true })}
        empty={
          <EmptyState
            icon={Building2}
            title="No companies"
            message="This campaign had none when it was archived."
          />
        }
      />
      <RecordPanel
        noun="Company"
        open={openId !== ""}
        onClose={() => setState({ company: "" })}
        query={query}
        summary={(company) => <CompanySummary company={company} />}
      >
        {(company) => (
          <>
            <CompanyDetails company={company} readOnly />
            <CustomColumns columns={company.custom} />
          </>
        )}
      </RecordPanel>
    </>
  );
}
