import { CampaignsPage } from "@/features/campaigns/CampaignsPage";
import { InviteNotice } from "@/features/invites/InviteNotice";

/** The workspace's campaigns, with a word on what the user is invited to. */
export default function CampaignsRoute() {
  return <CampaignsPage notice={<InviteNotice />} />;
}
