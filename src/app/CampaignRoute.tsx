import { useParams } from "react-router-dom";
import { CampaignLayout } from "@/features/campaigns/CampaignLayout";
import { ImportButton } from "@/features/imports/ImportButton";

/** A campaign's frame with the buttons that other features put there. */
export default function CampaignRoute() {
  const { campaignId = "" } = useParams();
  return (
    <CampaignLayout
      key={campaignId}
      campaignId={campaignId}
      actions={<ImportButton campaignId={campaignId} />}
    />
  );
}
