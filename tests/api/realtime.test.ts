import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, openProduct, type Product } from "../support/product.ts";
import { topicsOf } from "../support/topics.ts";

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

/** Ann's workspace with bob in it, and a campaign that rows are imported into. */
async function openCampaign() {
  const [ann, bob] = await Promise.all([product.signUp("ann"), product.signUp("bob")]);
  const { workspaceId } = ann;
  const { data: user } = await bob.client.auth.getUser();
  const bobId = user.user?.id ?? "";
  await sql`insert into public.workspace_members (workspace_id, user_id, role, email) values (${workspaceId}, ${bobId}, 'member', ${bob.email})`;
  const { data: campaign } = await ann.client
    .from("campaigns")
    .insert({ workspace_id: workspaceId, name: "Spring" })
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
  /** The names of the workspace's channel and the campaign's, as a member reads them now. */
  const topics = async (client: Client) => {
    const { data } = await client
      .from("workspaces")
      .select("channel_key")
      .eq("id", workspaceId)
      .single()
      .throwOnError();
    return {
      workspace: `workspace:${workspaceId}:${data.channel_key}`,
      campaign: `campaign:${campaign.id}:${data.channel_key}`,
    };
  };
  return { ann: ann.client, bob: bob.client, bobId, workspaceId, campaign: campaign.id, send, topics };
}

test("members hear that rows changed and never their contents, strangers nothing at all", async () => {
  const { ann, bob, workspaceId, campaign, send } = await openCampaign();
  const { client: eve } = await product.signUp("eve");
  // Strangers cannot read the key: this one has it from somebody.
  const topic = (await topicsOf(sql, workspaceId))("campaign", campaign);
  const heard = {
    ann: await listen(ann, topic),
    bob: await listen(bob, topic),
    eve: await listen(eve, topic),
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
  expect(heard.eve.messages).toEqual([]);
  for (const client of [ann, bob, eve]) await client.realtime.disconnect();
});

test("somebody removed is sent nothing more where nobody is asked again, and who stays hears on", async () => {
  const { ann, bob, bobId, workspaceId, send, topics } = await openCampaign();
  const before = await topics(bob);
  const annHeard = await listen(ann, before.workspace);
  const bobHeard = {
    workspace: await listen(bob, before.workspace),
    campaign: await listen(bob, before.campaign),
  };
  // A hosted project lets whoever has joined listen on. From here the server asks before each message and the answer is always yes.
  await sql`alter policy "members listen to their channels" on realtime.messages using (true)`;
  await send(0);
  await expect
    .poll(() => [bobHeard.campaign.messages.length, bobHeard.workspace.messages.length])
    .toEqual([1, 1]);

  await ann.rpc("remove_member", { workspace_id: workspaceId, user_id: bobId }).throwOnError();
  const last = { changes: [{ table: "workspaces", operation: "update", ids: [workspaceId] }] };
  await expect.poll(() => annHeard.messages.at(-1)).toMatchObject(last);
  const after = await topics(ann);
  const annMoved = {
    workspace: await listen(ann, after.workspace),
    campaign: await listen(ann, after.campaign),
  };
  await send(1);
  await ann.from("workspaces").update({ name: "Ours" }).eq("id", workspaceId).throwOnError();
  await expect
    .poll(() => [annMoved.campaign.messages.length, annMoved.workspace.messages.length > 0])
    .toEqual([1, true]);

  // Messages come in the order of their transactions: bob has heard what there was before this one.
  for (const topic of [before.workspace, before.campaign])
    await sql`select realtime.send('{"changes": []}', 'changes', ${topic}, true)`;
  const end = { changes: [] };
  await expect.poll(() => bobHeard.campaign.messages.at(-1)).toMatchObject(end);
  await expect.poll(() => bobHeard.workspace.messages.at(-1)).toMatchObject(end);
  expect(bobHeard.campaign.messages).toHaveLength(2);
  expect(bobHeard.workspace.messages.slice(1)).toMatchObject([last, end]);
  expect([bobHeard.workspace.statuses, bobHeard.campaign.statuses]).toEqual([["SUBSCRIBED"], ["SUBSCRIBED"]]);
  await expect(topics(bob)).rejects.toThrow();
  for (const client of [ann, bob]) await client.realtime.disconnect();
});
