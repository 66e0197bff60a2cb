import type { InviteView } from "@contracts";
import type { ErrorDescription } from "@/lib/errors";

/** Why this account cannot accept the invite, with or without a link's token; null when it can. */
export function refusal(invite: InviteView, hasToken: boolean): ErrorDescription | null {
  if (!invite.is_mine) {
    return {
      title: "This invite is for another account",
      message: `It was sent to ${invite.email}. Sign in with that address to join.`,
    };
  }
  const closed = {
    pending: null,
    expired: {
      title: "This invite has expired",
      message: "Invites work for 7 days. Ask who sent it for a new one.",
    },
    accepted: { title: "This invite was used already", message: "Ask for a new one to join again." },
    declined: { title: "This invite was declined", message: "Ask for a new one if that was a mistake." },
    revoked: { title: "This invite was taken back", message: "Ask who sent it." },
  }[invite.status];
  if (closed) return closed;
  if (hasToken) return null;
  return {
    title: "Open the link that was sent to you",
    message:
      "To join, this page needs the whole link from the mail. Ask for it to be sent again if it is gone.",
  };
}
