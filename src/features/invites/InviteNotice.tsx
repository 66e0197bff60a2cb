import { useQuery } from "@tanstack/react-query";
import { MailOpen } from "lucide-react";
import { Link } from "react-router-dom";
import { buttonVariants } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { useUserId } from "@/stores/session";
import { myInvitesOptions } from "./queries";

/** One line on what the user is invited to, where they look first; nothing when that is nothing. Accepting takes the link. */
export default function InviteNotice() {
  const { data: invites } = useQuery(myInvitesOptions(useUserId()));
  const [first, ...others] = invites ?? [];
  if (first === undefined) return null;
  const what =
    others.length === 0
      ? `${first.invited_by ?? "Somebody"} invites you to ${first.workspace_name}.`
      : `You have ${formatCount(others.length + 1, "invite")}, one to ${first.workspace_name}.`;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-info-subtle px-4 py-2 text-sm sm:px-6">
      <MailOpen aria-hidden className="size-4 shrink-0 text-info-text" />
      <span className="min-w-0 flex-1 basis-60 break-words">
        <span className="font-medium">{what}</span> To join, open the link in the mail that was sent to you.
      </span>
      <Link to="/settings" className={buttonVariants({ size: "sm" })}>
        See your invites
      </Link>
    </p>
  );
}
