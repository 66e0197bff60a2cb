import { lazy, Suspense } from "react";
import { Link } from "react-router-dom";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCompact, formatCount, formatPercent } from "@/lib/format";
import type { Campaign } from "./keys";

const CampaignMenu = lazy(() => import("./CampaignMenu"));

/** One campaign in the list: name, counters, how much is researched, when it was last edited. The whole card is its link. */
export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const { company_count: companies, contact_count: contacts, researched_count: researched } = campaign;
  return (
    <li className="group relative flex flex-col gap-3 rounded-lg border bg-card p-4 transition-colors focus-within:border-ring hover:border-input hover:bg-muted/40">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <h2 className="flex min-w-0 items-center gap-2 font-semibold text-base">
            <Link
              to={`/c/${campaign.id}/companies`}
              className="truncate outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
            >
              {campaign.name}
            </Link>
            {campaign.state !== "active" && <Badge className="capitalize">{campaign.state}</Badge>}
          </h2>
          <p className="truncate text-muted-foreground text-sm">{campaign.description ?? "No description"}</p>
        </div>
        <div className="relative -mt-1 -mr-1.5">
          <Suspense>
            <CampaignMenu campaign={campaign} />
          </Suspense>
        </div>
      </div>
      <dl className="flex gap-6">
        <Figure label="Companies" value={companies} />
        <Figure label="Contacts" value={contacts} />
        {campaign.failed_count > 0 && <Figure label="Failed" value={campaign.failed_count} />}
      </dl>
      <div className="flex flex-col gap-1.5">
        <Progress
          value={researched}
          max={Math.max(companies, 1)}
          label={`Researched companies of ${campaign.name}`}
          valueText={`${researched} of ${formatCount(companies, "company", "companies")}`}
          tone={companies > 0 && researched === companies ? "success" : "primary"}
        />
        <p className="flex justify-between gap-2 text-muted-foreground text-xs tabular-nums">
          <span>
            {companies === 0 ? "No companies yet" : `${formatPercent(researched, companies)} researched`}
          </span>
          <TimeAgo at={campaign.updated_at} prefix="Updated" />
        </p>
      </div>
    </li>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="font-semibold text-lg tabular-nums">{formatCompact(value)}</dd>
    </div>
  );
}
