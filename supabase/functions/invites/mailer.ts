/** Mails an address a link that signs it in and leads to `redirectTo`. Throws when no mail was sent. */
export type SendMail = (email: string, redirectTo: string) => Promise<void>;

/** How long the project's mail server may take, in ms. */
const TIMEOUT_MS = 20_000;

/** Sends by Supabase Auth: an invite, which makes the account, or a magic link to an address that has one. */
export function authMailer({ url, secretKey }: { url: string; secretKey: string }): SendMail {
  const post = (path: string, redirectTo: string, body: object) => {
    const address = new URL(`/auth/v1/${path}`, url);
    address.searchParams.set("redirect_to", redirectTo);
    return fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        apikey: secretKey,
        authorization: `Bearer ${secretKey}`,
        "x-supabase-api-version": "2024-01-01", // errors have their code as `code`
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  };
  return async (email, redirectTo) => {
    const invited = await post("invite", redirectTo, { email });
    if (invited.ok) return;
    const problem = await invited.text();
    if (!isKnownAddress(problem)) throw new Error(`Supabase Auth: ${invited.status} ${problem}`);
    const mailed = await post("otp", redirectTo, { email, create_user: false });
    if (!mailed.ok) throw new Error(`Supabase Auth: ${mailed.status} ${await mailed.text()}`);
  };
}

function isKnownAddress(problem: string): boolean {
  try {
    return JSON.parse(problem).code === "email_exists";
  } catch {
    return false;
  }
}
