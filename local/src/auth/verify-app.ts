import { type Context, Hono } from "hono";
import type { ApiKeys } from "../identity.ts";
import { claimsOf, deviceOf } from "./caller.ts";
import { AuthError, validationFailed } from "./errors.ts";
import type { MailKind } from "./mails.ts";
import { codeFlowPrefix } from "./one-time-tokens.ts";
import { allowedRedirect, withOutcome } from "./redirects.ts";
import { emailIn, readBody, textIn } from "./requests.ts";
import type { AuthService } from "./service.ts";
import { halfConfirmed } from "./verifications.ts";

/** What verify's `type` may mean. */
const mailKinds: Record<string, MailKind[]> = {
  signup: ["confirmation"],
  invite: ["invite"],
  recovery: ["recovery"],
  magiclink: ["magiclink"],
  email: ["confirmation", "magiclink"],
  email_change: ["email_change"],
};

/** /verify: GET is the link in a mail, which needs no API key; POST is for the digits or the token typed in. */
export function verifyApp(service: AuthService, keys: ApiKeys): Hono {
  const { siteUrl, redirectOrigins } = service.options;
  const app = new Hono();

  app.get("/verify", async (c) => {
    if (c.req.method === "HEAD") return c.body(null, 405); // asked by what looks at links, which must not use them up
    const { token = "", redirect_to } = c.req.query();
    const target = allowedRedirect(redirect_to, siteUrl, redirectOrigins);
    const codeFlow = token.startsWith(codeFlowPrefix);
    try {
      return c.redirect(await follow(c, service, target, codeFlow), 303);
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      const outcome = {
        error: "access_denied",
        error_code: error.code,
        error_description: error.message,
      };
      return c.redirect(withOutcome(target, outcome, codeFlow), 303);
    }
  });

  app.post("/verify", async (c) => {
    await claimsOf(c, service, keys, { userNeeded: false });
    const device = deviceOf(c);
    service.limitRequests(device.ip);
    const body = readBody(await c.req.text());
    const linkToken = textIn(body, "token_hash");
    const proof = linkToken ? { linkToken } : { email: emailIn(body), digits: textIn(body, "token") ?? "" };
    const session = await service.verifications.signIn(kindsOf(textIn(body, "type") ?? ""), proof, device);
    return c.json(session ?? { msg: halfConfirmed, code: "200" });
  });

  return app;
}

/** The URL to redirect to once the link's token is used up. */
async function follow(c: Context, service: AuthService, target: string, codeFlow: boolean): Promise<string> {
  const device = deviceOf(c);
  service.limitRequests(device.ip);
  const { token = "", type = "" } = c.req.query();
  const result = await service.verifications.followLink(kindsOf(type), token, device);
  if (!result) return withOutcome(target, { message: halfConfirmed }, codeFlow);
  if ("code" in result) {
    const url = new URL(target);
    url.searchParams.set("code", result.code);
    return url.toString();
  }
  const { access_token, refresh_token, expires_in, expires_at, token_type } = result;
  const outcome = {
    access_token,
    refresh_token,
    expires_in: String(expires_in),
    expires_at: String(expires_at),
    token_type,
    type,
  };
  return withOutcome(target, outcome, false);
}

function kindsOf(type: string): MailKind[] {
  const kinds = mailKinds[type];
  if (!kinds) throw validationFailed("Verify requires a verification type");
  return kinds;
}
