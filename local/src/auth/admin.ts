import { type Context, Hono } from "hono";
import type { ApiKeys } from "../identity.ts";
import { claimsOf } from "./caller.ts";
import { emailExists, notAdmin, userNotFound, validationFailed } from "./errors.ts";
import type { MailKind } from "./mails.ts";
import type { UserChanges } from "./options.ts";
import { type Body, emailIn, objectIn, readBody, refusePhone, textIn } from "./requests.ts";
import type { AuthService } from "./service.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const linkKinds: Record<string, Exclude<MailKind, "email_change">> = {
  signup: "confirmation",
  invite: "invite",
  recovery: "recovery",
  magiclink: "magiclink",
};

/** What supabase.auth.admin calls; only the service role may. */
export function adminApp(service: AuthService, keys: ApiKeys): Hono {
  const app = new Hono();
  const guard = async (c: Context, next: () => Promise<void>) => {
    const { role } = await claimsOf(c, service, keys, { userNeeded: false });
    if (role !== "service_role") throw notAdmin();
    return next();
  };
  app.use("/admin/*", guard);
  app.use("/invite", guard);

  app.get("/admin/users", async (c) => {
    const page = Math.max(1, Number(c.req.query("page")) || 1);
    const perPage = Math.min(1000, Number(c.req.query("per_page")) || 50);
    const { users, total } = await service.users.listUsers(page, perPage);
    const last = Math.max(1, Math.ceil(total / perPage));
    const link = (to: number, rel: string) => `</admin/users?page=${to}>; rel="${rel}"`;
    c.header("x-total-count", String(total));
    c.header("link", [...(page < last ? [link(page + 1, "next")] : []), link(last, "last")].join(", "));
    return c.json({ users, aud: "authenticated" });
  });

  app.post("/admin/users", async (c) => {
    const body = readBody(await c.req.text());
    const changes = changesIn(body);
    const row = await service.users.createUser({ ...changes, email: emailIn(body), id: textIn(body, "id") });
    return c.json(await service.users.view(row));
  });

  app.get("/admin/users/:id", async (c) =>
    c.json(await service.users.view(await service.users.getUser(idOf(c)))),
  );

  app.put("/admin/users/:id", async (c) => {
    const id = idOf(c);
    const body = readBody(await c.req.text());
    const email = body.email === undefined ? undefined : emailIn(body);
    const changes = { ...changesIn(body), email };
    const row = await service.users.updateUser(id, changes);
    if (changes.password !== undefined) await service.sessions.endAll(id);
    return c.json(await service.users.view(row));
  });

  app.delete("/admin/users/:id", async (c) => {
    await service.users.deleteUser(idOf(c));
    return c.json({});
  });

  app.post("/invite", async (c) => {
    const body = readBody(await c.req.text());
    const email = emailIn(body);
    const existing = await service.users.findByEmail(email);
    if (existing?.email_confirmed_at) throw emailExists();
    const row = existing ?? (await service.users.createUser({ email, data: objectIn(body, "data") }));
    const redirectTo = c.req.query("redirect_to") ?? "";
    await service.links.mail(row, "invite", { redirectTo, challenge: null });
    return c.json(await service.users.view({ ...row, invited_at: new Date() }));
  });

  app.post("/admin/generate_link", async (c) => {
    const body = readBody(await c.req.text());
    const type = textIn(body, "type") ?? "";
    const kind = linkKinds[type];
    if (!kind) throw validationFailed("Unsupported link type");
    const email = emailIn(body);
    const redirectTo = textIn(body, "redirect_to") ?? c.req.query("redirect_to") ?? "";
    const creates = kind === "confirmation" || kind === "invite";
    const existing = await service.users.findByEmail(email);
    const row =
      existing ?? (creates ? await service.users.createUser({ ...changesIn(body), email }) : undefined);
    if (!row) throw userNotFound();
    const { mail, linkToken } = await service.links.make(row, kind, { redirectTo, challenge: null });
    const link = {
      action_link: mail.link,
      email_otp: mail.code,
      hashed_token: linkToken,
      verification_type: type,
      redirect_to: redirectTo,
    };
    return c.json({ ...(await service.users.view(row)), ...link });
  });

  return app;
}

function changesIn(body: Body): UserChanges {
  refusePhone(body);
  return {
    password: textIn(body, "password"),
    data: objectIn(body, "user_metadata") ?? objectIn(body, "data"),
    appMetadata: objectIn(body, "app_metadata"),
    confirm: body.email_confirm === true,
    banDuration: textIn(body, "ban_duration"),
    role: textIn(body, "role"),
  };
}

function idOf(c: Context): string {
  const id = c.req.param("id") ?? "";
  if (!uuid.test(id)) throw validationFailed("user_id must be an UUID");
  return id;
}
