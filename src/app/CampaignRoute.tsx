import { useParams } from "react-router-dom";
import { CampaignLayout } from "@/features/campaigns/CampaignLayout";
import { ImportButton } from "@/features/imports/ImportButton";
import { ImportStrip } from "@/features/imports/ImportStrip";
import { RunProgressBar } from "@/features/research/RunProgressBar";
import { StartResearchButton } from "@/features/research/StartResearchButton";
import { useCampaignCommands } from "./use-campaign-commands";

/** A campaign's frame with the buttons and commands that other features put there. */
export default function CampaignRoute() {
  const { campaignId = "" } = useParams();
  useCampaignCommands(campaignId);
  return (
    <CampaignLayout
      key={campaignId}
      campaignId={campaignId}
      status={
        <>
          <ImportStrip campaignId={campaignId} />
          <RunProgressBar campaignId={campaignId} />
        </>
      }
      actions={
        <>
          <ImportButton campaignId={campaignId} />
          <StartResearchButton campaignId={campaignId} />
        </>
      }
    />
  );
}
