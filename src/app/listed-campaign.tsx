import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { listedCampaignOptions } from "@/features/campaigns/queries";

/** The name of a campaign beside a row of its, leading to it; nothing until it is known. */
function ListedCampaign({ id }: { id: string }) {
  const { data: campaign } = useQuery(listedCampaignOptions(id));
  if (!campaign) return null;
  return (
    <Link to={`/c/${id}/companies`} tabIndex={-1} className="truncate hover:underline" title={campaign.name}>
      {campaign.name}
    </Link>
  );
}

/** As a function of lists' columns; always the same one. */
export const listedCampaign = (id: string) => <ListedCampaign id={id} />;
