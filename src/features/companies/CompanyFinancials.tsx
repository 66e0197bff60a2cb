import { useQuery } from "@tanstack/react-query";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { SourceLink } from "@/components/record/source-note";
import { financialsOptions } from "./financials";

interface CompanyFinancialsProps {
  campaignId: string;
  companyId: string;
}

/** What an integration found out about a company's figures. Nothing is drawn while there are none. */
export function CompanyFinancials({ campaignId, companyId }: CompanyFinancialsProps) {
  const query = useQuery(financialsOptions(campaignId, companyId));
  if (query.isPending || query.data?.length === 0) return null;
  return (
    <RecordSection title="Financials" count={query.data?.length}>
      <SectionState query={query} empty="" />
      <dl>
        {query.data?.map(({ name, value, source, at }) => (
          <div key={name} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 py-1 text-sm">
            <dt className="break-words text-muted-foreground">{name}</dt>
            <dd className="min-w-0 break-words">
              {value}
              <SourceLink source={source} at={at} />
            </dd>
          </div>
        ))}
      </dl>
    </RecordSection>
  );
}
