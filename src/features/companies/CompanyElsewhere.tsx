import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { RecordSection } from "@/components/record/record-section";
import { SectionState } from "@/components/record/section-state";
import { formatDate } from "@/lib/format";
import { type Company, ELSEWHERE_LIMIT, elsewhereOptions } from "./queries";
import { StatusBadge } from "./StatusBadge";

/** The same company in other campaigns, and what is known of it there; nothing where it is in none. */
export function CompanyElsewhere({ company }: { company: Company }) {
  const query = useQuery(elsewhereOptions(company));
  if (query.data === undefined && query.error === null) return null;
  if (query.data?.length === 0) return null;
  return (
    <RecordSection title="In other campaigns" count={query.data?.length}>
      <SectionState query={query} empty="" />
      <ul className="flex flex-col">
        {query.data?.map((other) => (
          <li
            key={other.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t py-1.5 text-sm first:border-t-0"
          >
            <span className="flex min-w-0 flex-col">
              <Link
                to={`/c/${other.campaign.id}/companies?company=${other.id}`}
                className="truncate font-medium leading-6 hover:underline"
              >
                {other.campaign.name}
              </Link>
              <span className="truncate text-muted-foreground text-xs">{other.name}</span>
            </span>
            <span className="flex items-center gap-2 text-muted-foreground text-xs">
              {other.researched_at !== null && formatDate(other.researched_at)}
              <StatusBadge status={other.research_status} />
            </span>
          </li>
        ))}
      </ul>
      {query.data?.length === ELSEWHERE_LIMIT && (
        <p className="mt-2 text-muted-foreground text-xs">
          The newest {ELSEWHERE_LIMIT} campaigns are shown.
        </p>
      )}
    </RecordSection>
  );
}
