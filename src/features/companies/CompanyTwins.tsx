import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { type Company, twinsOptions } from "./queries";
import { StatusBadge } from "./StatusBadge";

/** Other companies of the campaign with the same website; nothing where there are none. */
export function CompanyTwins({ company }: { company: Company }) {
  const query = useQuery(twinsOptions(company));
  if (query.data === undefined && query.error === null) return null;
  if (query.data?.length === 0) return null;
  return (
    <RecordSection title="Same website in this campaign" count={query.data?.length}>
      <SectionState query={query} empty="" />
      <ul className="flex flex-col">
        {query.data?.map(({ id, name, research_status }) => (
          <li
            key={id}
            className="flex items-center justify-between gap-3 border-t py-1.5 text-sm first:border-t-0"
          >
            <Link
              to={`/c/${company.campaign_id}/companies?company=${id}`}
              className="truncate font-medium leading-6 hover:underline"
            >
              {name}
            </Link>
            <StatusBadge status={research_status} />
          </li>
        ))}
      </ul>
      {query.data !== undefined && (
        <p className="mt-2 text-muted-foreground text-xs">They may be one and the same company.</p>
      )}
    </RecordSection>
  );
}
