import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { projectKeys } from "../../supabase/functions/_shared/auth.ts";
import {
  type InviteResult,
  inviteLink,
  inviteResult,
} from "../../supabase/functions/_shared/contracts/members.ts";
import { connect as connectDb } from "../../supabase/functions/_shared/db.ts";
import { createHandler } from "../../supabase/functions/invites/handler.ts";
import { authMailer } from "../../supabase/functions/invites/mailer.ts";
import { type Client, connect, openProduct, type Product } from "../support/product.ts";

let product: Product;
let ann: { client: Client; workspaceId: string; email: string };

beforeAll(async () => {
  product = await openProduct({ siteRoots: [] });
  ann = await product.signUp("ann");
});
afterAll(() => product?.close());

async function post(body: unknown, client: Client | null = ann.client, method = "POST") {
  const session = await client?.auth.getSession();
  const token = session?.data.session?.access_token;
  return fetch(`${product.stack.url}/functions/v1/invites`, {
    method,
    headers: {
      "content-type": "application/json",
      apikey: product.stack.publishableKey,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(method === "POST" && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

async function invite(email: string, role = "viewer"): Promise<InviteResult> {
  const response = await post({ workspace_id: ann.workspaceId, email, role });
  expect(response.status).toBe(200);
  return inviteResult.parse(await response.json());
}

const mails = z.array(z.object({ to: z.string(), subject: z.string(), link: z.string() }));

/** The latest mail to the address. */
async function mailTo(email: string) {
  const response = await fetch(`${product.stack.mailboxUrl}.json`);
  const mail = mails.parse(await response.json()).find(({ to }) => to === email);
  if (!mail) throw new Error(`No mail to ${email}`);
  return mail;
}

/** Follows the mail's link as a browser would: where it ends, and a client with the session that it brings. */
async function follow(link: string) {
  const response = await fetch(link, { redirect: "manual" });
  const page = new URL(response.headers.get("location") ?? "");
  const brought = new URLSearchParams(page.hash.slice(1));
  const client = connect(product.stack.url, product.stack.publishableKey);
  const { error } = await client.auth.setSession({
    access_token: brought.get("access_token") ?? "",
    refresh_token: brought.get("refresh_token") ?? "",
  });
  if (error) throw error;
  return { page, client };
}

async function membersOf(workspaceId: string) {
  const { data } = await ann.client
    .from("workspace_members")
    .select("email, role")
    .eq("workspace_id", workspaceId)
    .throwOnError();
  return data;
}

describe("an invite by mail", () => {
  test("brings somebody new to the page of the invite, signed in, and lets them join", async () => {
    const email = "new@users.example";
    const { invite: made, problem } = await invite(email, "member");
    expect(problem).toBeNull();
    expect(made).toMatchObject({ email, role: "member", status: "pending", mailed_at: expect.anything() });

    const mail = await mailTo(email);
    expect(mail.subject).toBe("You have been invited");
    const { page, client } = await follow(mail.link);
    expect(page.origin + page.pathname).toBe(`${product.stack.url}/invites/${made.id}`);
    const { data } = await client.rpc("accept_invite", { token: page.searchParams.get("token") ?? "" });
    expect(data).toMatchObject({ id: ann.workspaceId, role: "member" });
    expect(await membersOf(ann.workspaceId)).toContainEqual({ email, role: "member" });
  });

  test("does the same for somebody who has an account, and tells the inviter no difference", async () => {
    const bob = await product.signUp("bob");
    const known = await invite(bob.email);
    const unknown = await invite("stranger@users.example");
    const shape = ({ invite: { mailed_at, ...rest }, problem }: InviteResult) => ({
      keys: Object.keys(rest).sort(),
      isMailed: mailed_at !== null,
      problem,
    });
    expect(shape(known)).toEqual(shape(unknown));
    const { page, client } = await follow((await mailTo(bob.email)).link);
    const { data } = await client.rpc("accept_invite", { token: page.searchParams.get("token") ?? "" });
    expect(data).toMatchObject({ id: ann.workspaceId, role: "viewer" });
  });

  test("is sent again on request, but not twice a minute; the invite stays", async () => {
    const { invite: made } = await invite("again@users.example");
    const response = await post({ invite_id: made.id });
    const { invite: kept, problem } = inviteResult.parse(await response.json());
    expect(problem).toContain("mailed a moment ago");
    expect(kept).toMatchObject({ id: made.id, status: "pending" });
  });

  test("answers without the link's token", async () => {
    const response = await post({
      workspace_id: ann.workspaceId,
      email: "quiet@users.example",
      role: "viewer",
    });
    const token = new URL((await mailTo("quiet@users.example")).link).searchParams.get("redirect_to") ?? "";
    expect(await response.text()).not.toContain(new URL(token).searchParams.get("token"));
  });
});

test("when the mail cannot be sent the invite is kept, the inviter is told, and a copied link works", async () => {
  const server = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const db = connectDb(product.stack.dbUrl);
  const handler = createHandler({
    db,
    keys: projectKeys(product.stack.url),
    appUrl: "https://app.example",
    sendMail: authMailer({ url: `http://127.0.0.1:${port}`, secretKey: "x" }),
  });
  try {
    const carol = await product.signUp("carol");
    const session = await ann.client.auth.getSession();
    const response = await handler(
      new Request("http://functions.example/invites", {
        method: "POST",
        headers: { authorization: `Bearer ${session.data.session?.access_token}` },
        body: JSON.stringify({ workspace_id: ann.workspaceId, email: carol.email, role: "viewer" }),
      }),
    );
    const { invite: kept, problem } = inviteResult.parse(await response.json());
    expect(problem).toContain("The mail could not be sent. The invite is kept");
    expect(kept).toMatchObject({ status: "pending", mailed_at: null });

    const { data: link } = await ann.client
      .rpc("make_invite_link", { invite_id: kept.id, to_be_mailed: false })
      .throwOnError();
    const { token } = inviteLink.parse(link);
    const { data } = await carol.client.rpc("accept_invite", { token });
    expect(data).toMatchObject({ id: ann.workspaceId, role: "viewer" });
  } finally {
    server.close();
    await db.end();
  }
});

describe("an invite is refused", () => {
  const asked = (changes: object) => ({
    workspace_id: ann.workspaceId,
    email: "x@users.example",
    role: "viewer",
    ...changes,
  });

  test("to whoever is not signed in, a stranger, or only a viewer", async () => {
    const eve = await product.signUp("eve");
    expect((await post(asked({}), null)).status).toBe(401);
    expect((await post(asked({}), eve.client)).status).toBe(404);
    await invite(eve.email);
    const { page, client } = await follow((await mailTo(eve.email)).link);
    await client.rpc("accept_invite", { token: page.searchParams.get("token") ?? "" }).throwOnError();
    expect((await post(asked({}), client)).status).toBe(403);
    const { invite: other } = await invite("other@users.example");
    expect((await post({ invite_id: other.id }, client)).status).toBe(404);
  });

  test.each([
    ["nonsense", "{", "bad_json"],
    ["nothing", {}, "bad_request"],
    ["an owner", asked.bind(null, { role: "owner" }), "bad_request"],
    ["a role in another type", asked.bind(null, { role: ["viewer"] }), "bad_request"],
    ["more than was asked for", asked.bind(null, { invited_by: "me" }), "bad_request"],
    ["no workspace", asked.bind(null, { workspace_id: "' or 1=1" }), "bad_request"],
    ["no address", asked.bind(null, { email: "'; drop table workspaces; --" }), "bad_email"],
    ["two addresses", asked.bind(null, { email: "a@x.example,b@x.example" }), "bad_email"],
    ["a header in the address", asked.bind(null, { email: "a@x.example\r\nBcc: b@x.example" }), "bad_email"],
    ["a NUL in the address", asked.bind(null, { email: "a\0@x.example" }), "bad_request"],
  ])("for %s", async (_name, body, code) => {
    const response = await post(typeof body === "function" ? body() : body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  test("by another method, and when it is huge", async () => {
    expect((await post(null, ann.client, "GET")).status).toBe(405);
    expect((await post(asked({ email: "x".repeat(20_000) }))).status).toBe(413);
  });
});
