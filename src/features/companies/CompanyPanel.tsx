import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CustomColumns } from "@/components/record/custom-columns";
import { RecordPanel } from "@/components/record/record-panel";
import { formatDate } from "@/lib/format";
import { CompanyContacts } from "./CompanyContacts";
import { CompanyDetails } from "./CompanyDetails";
import { CompanyElsewhere } from "./CompanyElsewhere";
import { CompanyFinancials } from "./CompanyFinancials";
import { CompanyJobs } from "./CompanyJobs";
import { CompanyPortfolio } from "./CompanyPortfolio";
import { CompanyTwins } from "./CompanyTwins";
import { useLiveCompany } from "./live";
import { type Company, companyOptions } from "./queries";
import { StatusBadge } from "./StatusBadge";

interface CompanyPanelProps {
  campaignId: string;
  /** The company shown, null while the panel is closed. */
  id: string | null;
  onClose: () => void;
  /** Names the record's campaign and leads to it, where the list is of several. */
  campaign?: ((campaignId: string) => ReactNode) | undefined;
}

/** Everything known about one company, beside the list. */
export function CompanyPanel({ campaignId, id, onClose, campaign }: CompanyPanelProps) {
  const query = useQuery({ ...companyOptions(campaignId, id ?? ""), enabled: id !== null });
  return (
    <RecordPanel
      noun="Company"
      open={id !== null}
      onClose={onClose}
      query={query}
      summary={(company) => <CompanySummary company={company} campaign={campaign?.(company.campaign_id)} />}
    >
      {(company) => <CompanySections key={company.id} campaignId={campaignId} company={company} />}
    </RecordPanel>
  );
}

interface CompanySummaryProps {
  company: Company;
  /** The name of its campaign, where that is not clear. */
  campaign?: ReactNode;
}

/** One line about a company. */
export function CompanySummary({ company, campaign }: CompanySummaryProps) {
  return (
    <span className="flex items-center gap-2">
      <StatusBadge status={company.research_status} />
      {company.researched_at === null
        ? `added ${formatDate(company.created_at)}`
        : formatDate(company.researched_at)}
      {campaign && <span className="flex min-w-0 gap-1">in {campaign}</span>}
    </span>
  );
}

function CompanySections({ campaignId, company }: { campaignId: string; company: Company }) {
  useLiveCompany(campaignId, company.id);
  return (
    <>
      <CompanyDetails company={company} />
      <CompanyFinancials campaignId={campaignId} companyId={company.id} />
      <CompanyContacts campaignId={campaignId} companyId={company.id} />
      <CompanyPortfolio company={company} />
      <CompanyTwins company={company} />
      <CompanyElsewhere company={company} />
      <CustomColumns columns={company.custom} />
      <CompanyJobs campaignId={campaignId} companyId={company.id} />
    </>
  );
}
