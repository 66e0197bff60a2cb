import { MyInvites } from "@/features/invites/MyInvites";
import { AccountSettings } from "@/features/settings/AccountSettings";

/** The user's own settings, with what they are invited to. */
export default function AccountRoute() {
  return <AccountSettings invites={<MyInvites />} />;
}
