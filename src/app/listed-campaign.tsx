import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { listedCampaignOptions } from "@/features/campaigns/queries";
import { cn } from "@/lib/cn";

interface ListedCampaignProps {
  id: string;
  /** In a cell of a table, whose keys do not lead to links. */
  inCell?: boolean;
}

/** The name of a campaign beside a record of its, leading to it; nothing until it is known. */
function ListedCampaign({ id, inCell = false }: ListedCampaignProps) {
  const { data: campaign } = useQuery(listedCampaignOptions(id));
  if (!campaign) return null;
  return (
    <Link
      to={`/c/${id}/companies`}
      {...(inCell && { tabIndex: -1 })}
      className={cn("truncate hover:underline", !inCell && "text-primary-text")}
      title={campaign.name}
    >
      {campaign.name}
    </Link>
  );
}

// As functions of lists and panels; always the same ones.
export const campaignCell = (id: string) => <ListedCampaign id={id} inCell />;
export const campaignLink = (id: string) => <ListedCampaign id={id} />;
