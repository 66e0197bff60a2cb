/** Words for the error codes of Supabase Auth that a person can meet and act on. */
export const authMessages: Record<string, { title: string; message: string }> = {
  invalid_credentials: {
    title: "E-mail or password is wrong",
    message: "You are not signed in. Check both and try again, or reset your password.",
  },
  user_already_exists: {
    title: "There is an account with this e-mail",
    message: "No new account was made. Sign in instead, or reset the password.",
  },
  email_exists: {
    title: "There is an account with this e-mail",
    message: "No new account was made. Sign in instead, or reset the password.",
  },
  weak_password: {
    title: "This password is too weak",
    message: "Nothing was changed. Choose a longer one that is not easy to guess.",
  },
  same_password: {
    title: "This is your current password",
    message: "Nothing was changed. Choose a different one.",
  },
  email_not_confirmed: {
    title: "Your e-mail is not confirmed yet",
    message: "Your account is kept. Open the link in the mail we sent you, then sign in.",
  },
  email_address_invalid: {
    title: "This e-mail address does not work",
    message: "Nothing was changed. Check its spelling or use another.",
  },
  over_request_rate_limit: {
    title: "Too many tries",
    message: "Nothing was changed. Wait a few minutes, then try again.",
  },
  over_email_send_rate_limit: {
    title: "Too many mails were asked for",
    message: "Nothing was changed. Use the newest mail you have, or wait an hour and ask again.",
  },
  otp_expired: {
    title: "This link has expired or was used already",
    message: "Your password is unchanged. Ask for a new link.",
  },
  flow_state_not_found: {
    title: "This link cannot be used here",
    message:
      "Your password is unchanged. Open the newest link in the browser you asked for it with, or ask for a new one.",
  },
  flow_state_expired: {
    title: "This link has expired or was used already",
    message: "Your password is unchanged. Ask for a new link.",
  },
  bad_code_verifier: {
    title: "This link cannot be used here",
    message:
      "Your password is unchanged. Open the newest link in the browser you asked for it with, or ask for a new one.",
  },
  pkce_code_verifier_not_found: {
    title: "This link cannot be used here",
    message:
      "Your password is unchanged. Open the newest link in the browser you asked for it with, or ask for a new one.",
  },
  signup_disabled: {
    title: "Signing up is turned off",
    message: "No account was made. Ask whoever runs this installation for one.",
  },
  user_banned: {
    title: "This account is blocked",
    message: "Your data is kept. Ask whoever runs this installation.",
  },
};
