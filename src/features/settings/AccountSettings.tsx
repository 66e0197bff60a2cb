import type { ReactNode } from "react";
import { AppearanceSettings } from "./AppearanceSettings";
import { ProfileSettings } from "./ProfileSettings";

/** The user's own settings; `invites` is what they are invited to. */
export function AccountSettings({ invites }: { invites: ReactNode }) {
  return (
    <>
      {invites}
      <ProfileSettings />
      <AppearanceSettings />
    </>
  );
}
