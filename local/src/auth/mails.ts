export type MailKind = "confirmation" | "recovery" | "magiclink" | "invite" | "email_change";

/** A mail with a one-time token in it. */
export interface AuthMail {
  kind: MailKind;
  to: string;
  subject: string;
  text: string;
  /** Opens the application as this user. */
  link: string;
  /** The six digits to type in instead. */
  code: string;
}

const wording: Record<MailKind, { subject: string; text: string }> = {
  confirmation: {
    subject: "Confirm your email address",
    text: "Follow the link to confirm your address and finish signing up.",
  },
  recovery: {
    subject: "Reset your password",
    text: "Follow the link to choose a new password. If you did not ask for it, nothing needs to be done.",
  },
  magiclink: { subject: "Your sign-in link", text: "Follow the link to sign in." },
  invite: { subject: "You have been invited", text: "Follow the link to accept the invitation and sign in." },
  email_change: {
    subject: "Confirm the change of your email address",
    text: "Follow the link to confirm the change. It takes effect when both the old and the new address have confirmed it.",
  },
};

export function composeMail(kind: MailKind, to: string, link: string, code: string): AuthMail {
  return { kind, to, link, code, ...wording[kind] };
}
