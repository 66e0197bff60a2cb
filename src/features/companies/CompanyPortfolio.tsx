import { useQuery } from "@tanstack/react-query";
import { webHref } from "@/components/record/links";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { SourceLink } from "@/components/record/source-note";
import { formatDate } from "@/lib/format";
import { type Company, portfolioOptions } from "./queries";

/** What a company has invested in, each with the page that says so. */
export function CompanyPortfolio({ company }: { company: Company }) {
  const query = useQuery(portfolioOptions(company.campaign_id, company.id));
  const empty =
    company.researched_at === null
      ? "None known yet. Research looks for them on the company’s site."
      : "None found on the company’s site.";
  return (
    <RecordSection title="Portfolio companies" count={query.data?.length}>
      <SectionState query={query} empty={empty} />
      <ul className="flex flex-col">
        {query.data?.map((entry) => {
          const href = webHref(entry.domain);
          return (
            <li key={entry.id} className="flex flex-col border-t py-1.5 text-sm first:border-t-0">
              <span className="flex min-w-0 items-baseline gap-2">
                <span className="truncate font-medium">{entry.name}</span>
                {href !== null && (
                  <a
                    href={href}
                    target="_blank"
                    rel="noopener noreferrer"
                    className="truncate text-primary-text leading-6 hover:underline"
                  >
                    {entry.domain}
                  </a>
                )}
                <span className="ml-auto shrink-0 text-muted-foreground text-xs">
                  {[entry.round, entry.invested_on && formatDate(entry.invested_on)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              {entry.source !== null && <SourceLink source={entry.source} />}
            </li>
          );
        })}
      </ul>
    </RecordSection>
  );
}
