import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, openProduct, type Product } from "../support/product.ts";

let product: Product;
let sql: postgres.Sql;

beforeAll(async () => {
  product = await openProduct({ siteRoots: [] });
  sql = postgres(product.stack.dbUrl, { max: 1 });
});

afterAll(async () => {
  await sql.end();
  await product.close();
});

async function listen(client: Client, topic: string) {
  const heard = { statuses: [] as string[], messages: [] as { changes: unknown[] }[] };
  await client.realtime.setAuth();
  const channel = client.channel(topic, { config: { private: true } });
  channel.on("broadcast", { event: "changes" }, ({ payload }) => heard.messages.push(payload));
  await new Promise<void>((resolve) => {
    channel.subscribe((status) => {
      heard.statuses.push(status);
      resolve();
    });
  });
  return heard;
}

test("members hear that rows changed and never their contents, somebody removed nothing more, strangers nothing at all", async () => {
  const [ann, bob, eve] = await Promise.all([
    product.signUp("ann"),
    product.signUp("bob"),
    product.signUp("eve"),
  ]);
  const { data: user } = await bob.client.auth.getUser();
  const bobId = user.user?.id ?? "";
  await sql`insert into public.workspace_members (workspace_id, user_id, role, email) values (${ann.workspaceId}, ${bobId}, 'member', ${bob.email})`;
  const { data: campaign } = await ann.client
    .from("campaigns")
    .insert({ workspace_id: ann.workspaceId, name: "Spring" })
    .select("id")
    .single()
    .throwOnError();
  const { data: started } = await ann.client
    .rpc("start_import", {
      campaign_id: campaign.id,
      kind: "companies",
      file_name: "list.csv",
      file_size: 10,
      file_hash: "hash",
      mapping: {},
    })
    .throwOnError();
  const { id } = (started as { import: { id: string } }).import; // what start_import gives
  const send = (chunk: number) =>
    ann.client
      .rpc("import_rows", { import_id: id, chunk_index: chunk, rows: [{ name: `Secret ${chunk}` }] })
      .throwOnError();

  const topic = `campaign:${campaign.id}`;
  const heard = {
    ann: await listen(ann.client, topic),
    bob: await listen(bob.client, topic),
    eve: await listen(eve.client, topic),
  };
  expect(heard.eve.statuses).toEqual(["CHANNEL_ERROR"]);
  await send(0);
  await expect.poll(() => [heard.ann.messages.length, heard.bob.messages.length]).toEqual([1, 1]);
  expect(heard.bob.messages[0]?.changes).toContainEqual({
    table: "companies",
    operation: "insert",
    ids: [expect.any(String)],
  });
  expect(JSON.stringify(heard.bob.messages)).not.toContain("Secret");

  await sql`delete from public.workspace_members where workspace_id = ${ann.workspaceId} and user_id = ${bobId}`;
  await send(1);
  await send(2);
  await expect.poll(() => heard.ann.messages.length).toBe(3);
  await expect.poll(() => heard.bob.statuses).toEqual(["SUBSCRIBED", "CLOSED"]);
  expect(heard.bob.messages).toHaveLength(1);
  expect(heard.eve.messages).toEqual([]);
  for (const { client } of [ann, bob, eve]) await client.realtime.disconnect();
});
