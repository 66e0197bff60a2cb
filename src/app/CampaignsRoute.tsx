import { lazy, Suspense } from "react";
import { CampaignsPage } from "@/features/campaigns/CampaignsPage";

// Few users are invited to anything.
const InviteNotice = lazy(() => import("@/features/invites/InviteNotice"));

/** The workspace's campaigns, with a word on what the user is invited to. */
export default function CampaignsRoute() {
  return (
    <CampaignsPage
      notice={
        <Suspense>
          <InviteNotice />
        </Suspense>
      }
    />
  );
}
