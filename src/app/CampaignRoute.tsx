import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState } from "react";
import { useParams } from "react-router-dom";
import { CampaignLayout } from "@/features/campaigns/CampaignLayout";
import { campaignOptions } from "@/features/campaigns/queries";
import { ImportButton } from "@/features/imports/ImportButton";
import { ImportStrip } from "@/features/imports/ImportStrip";
import { RunProgressBar } from "@/features/research/RunProgressBar";
import { StartResearchButton } from "@/features/research/StartResearchButton";
import { WorkspaceChannels } from "@/features/workspaces/WorkspaceChannels";
import { useCampaignCommands } from "./use-campaign-commands";

const StartResearchDialog = lazy(() => import("@/features/research/StartResearchDialog"));

/** A campaign's frame with the buttons and commands that other features put there. */
export default function CampaignRoute() {
  const { campaignId = "" } = useParams();
  // Of which campaign: it closes when another is opened.
  const [starting, setStarting] = useState<string | null>(null);
  useCampaignCommands(
    campaignId,
    useCallback(() => setStarting(campaignId), [campaignId]),
  );
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  return (
    // Until the page has made it so, its workspace need not be the current one.
    <WorkspaceChannels workspaceId={campaign?.workspace_id}>
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
      {starting === campaignId && (
        <Suspense>
          <StartResearchDialog campaignId={campaignId} onClose={() => setStarting(null)} />
        </Suspense>
      )}
    </WorkspaceChannels>
  );
}
