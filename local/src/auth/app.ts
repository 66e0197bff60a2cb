import { Hono } from "hono";
import pg from "pg";
import type { ApiKeys } from "../identity.ts";
import { adminApp } from "./admin.ts";
import { claimsOf, destinationOf, deviceOf } from "./caller.ts";
import { AuthError, validationFailed } from "./errors.ts";
import { emailIn, objectIn, passwordIn, readBody, refusePhone, textIn } from "./requests.ts";
import type { AuthService } from "./service.ts";
import { userApp } from "./user-app.ts";
import { verifyApp } from "./verify-app.ts";

/** GoTrue's protocol, for e-mail users. */
export function authApp(service: AuthService, keys: ApiKeys): Hono {
  const { options } = service;
  const app = new Hono();

  app.onError((error, c) => {
    const known = toAuthError(error, options.report);
    c.header("x-supabase-api-version", "2024-01-01");
    return c.json(known.body(c.req.header("x-supabase-api-version")), known.status as 400); // Hono wants a literal
  });

  app.get("/health", (c) =>
    c.json({
      name: "GoTrue",
      version: "local",
      description: "GoTrue is a user registration and authentication API",
    }),
  );
  app.get("/settings", (c) =>
    c.json({
      external: { email: true, phone: false, anonymous_users: false },
      disable_signup: options.disableSignup,
      mailer_autoconfirm: options.autoconfirm,
      phone_autoconfirm: false,
      sms_provider: "",
      saml_enabled: false,
    }),
  );
  app.get("/.well-known/jwks.json", (c) => c.json(options.tokens.publicKeys));
  app.route("/", verifyApp(service, keys));

  app.use(async (c, next) => {
    await claimsOf(c, service, keys, { userNeeded: false });
    return next();
  });

  app.post("/signup", async (c) => {
    service.limitRequests(deviceOf(c).ip);
    const body = readBody(await c.req.text());
    refusePhone(body);
    if (body.email === undefined) {
      throw new AuthError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled");
    }
    const credentials = { email: emailIn(body), password: passwordIn(body) };
    const data = objectIn(body, "data") ?? {};
    return c.json(await service.signUp(credentials, data, destinationOf(c, body), deviceOf(c)));
  });

  app.post("/token", async (c) => {
    const device = deviceOf(c);
    service.limitRequests(device.ip);
    const body = readBody(await c.req.text());
    switch (c.req.query("grant_type")) {
      case "password":
        refusePhone(body);
        return c.json(
          await service.signIn({ email: emailIn(body), password: textIn(body, "password") ?? "" }, device),
        );
      case "refresh_token":
        return c.json(await service.sessions.refresh(textIn(body, "refresh_token") ?? ""));
      case "pkce": {
        const [code, verifier] = [textIn(body, "auth_code"), textIn(body, "code_verifier")];
        if (!code || !verifier) {
          throw validationFailed("invalid request: both auth code and code verifier should be non-empty");
        }
        return c.json(await service.exchangeCode(code, verifier, device));
      }
      default:
        throw new AuthError(400, "invalid_credentials", "unsupported_grant_type");
    }
  });

  app.post("/recover", async (c) => {
    service.limitRequests(deviceOf(c).ip);
    const body = readBody(await c.req.text());
    await service.recover(emailIn(body), destinationOf(c, body));
    return c.json({});
  });

  app.on("POST", ["/otp", "/magiclink"], async (c) => {
    service.limitRequests(deviceOf(c).ip);
    const body = readBody(await c.req.text());
    refusePhone(body);
    const create = body.create_user === false ? null : { data: objectIn(body, "data") ?? {} };
    await service.mailSignIn(emailIn(body), destinationOf(c, body), create);
    return c.json({});
  });

  app.post("/resend", async (c) => {
    service.limitRequests(deviceOf(c).ip);
    const body = readBody(await c.req.text());
    const type = textIn(body, "type");
    if (type !== "signup" && type !== "email_change") {
      throw validationFailed("Missing one of these types: signup, email_change");
    }
    await service.resend(type, emailIn(body), destinationOf(c, body));
    return c.json({});
  });

  app.route("/", userApp(service, keys));
  app.route("/", adminApp(service, keys));
  return app;
}

/** A caller's mistake is told; anything else is reported and only said to have happened. */
function toAuthError(error: unknown, report: (error: unknown) => void): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof pg.DatabaseError && error.code?.startsWith("22")) {
    return validationFailed("A value in the request cannot be stored"); // class 22: data exceptions
  }
  report(error);
  const message = "Unexpected failure, please check server logs for more information";
  return new AuthError(500, "unexpected_failure", message);
}
