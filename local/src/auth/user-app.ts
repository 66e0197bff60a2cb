import { Hono } from "hono";
import type { ApiKeys } from "../identity.ts";
import { claimsOf, destinationOf } from "./caller.ts";
import { emailIn, objectIn, readBody, refusePhone, textIn } from "./requests.ts";
import type { AuthService } from "./service.ts";

/** What a signed-in user does with their own account. */
export function userApp(service: AuthService, keys: ApiKeys): Hono {
  const { users, sessions, options } = service;
  const app = new Hono();

  app.get("/user", async (c) => {
    const row = await sessions.userOf(await claimsOf(c, service, keys));
    return c.json(await users.view(row));
  });

  app.put("/user", async (c) => {
    const claims = await claimsOf(c, service, keys);
    const row = await sessions.userOf(claims);
    const body = readBody(await c.req.text());
    refusePhone(body);
    const password = textIn(body, "password");
    if (password !== undefined) await users.refuseSamePassword(row.id, password);
    const email = body.email === undefined ? undefined : emailIn(body);
    const changing = email !== undefined && email !== row.email;
    const destination = destinationOf(c, body);
    const updated = await users.updateUser(row.id, {
      password,
      data: objectIn(body, "data"),
      email: changing && options.autoconfirm ? email : undefined,
    });
    if (password !== undefined) await sessions.signOut(claims, "others");
    const waiting = changing && !options.autoconfirm;
    return c.json(
      await users.view(waiting ? await service.requestEmailChange(updated, email, destination) : updated),
    );
  });

  app.post("/logout", async (c) => {
    await sessions.signOut(await claimsOf(c, service, keys), c.req.query("scope") ?? "global");
    return c.body(null, 204);
  });

  return app;
}
